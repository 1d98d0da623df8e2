using Npgsql;

namespace Messaging.Tests;

/// <summary>What is done while database sessions are killed.</summary>
internal static class Killed
{
    /// <summary>Does it again when its session was killed.</summary>
    public static Task TryAgainAsync<T>(Func<Task<T>> action) => Eventually.IsAsync(async () =>
    {
        try
        {
            await action();
            return true;
        }
        catch (NpgsqlException e) when (e.IsTransient)
        {
            return false;
        }
    }, so => so);
}
