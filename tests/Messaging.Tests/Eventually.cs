using System.Diagnostics;
using Npgsql;
using Xunit;

namespace Messaging.Tests;

public static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Looks again until it is so; fails with the last value when it never is.</summary>
    public static async Task<T> IsAsync<T>(Func<Task<T>> value, Predicate<T> expected, TimeSpan? limit = null)
    {
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(20, TestContext.Current.CancellationToken))
        {
            var now = await value();
            if (expected(now))
                return now;
            if (watch.Elapsed > (limit ?? Deadline))
                Assert.Fail($"Still {now} after {limit ?? Deadline}");
        }
    }

    /// <summary>Does it again when its database session was killed.</summary>
    public static Task SucceedsAsync<T>(Func<Task<T>> action) => IsAsync(async () =>
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

    public static Task IsAsync(Func<bool> condition) => IsAsync(() => Task.FromResult(condition()), so => so);
}
