using Npgsql;

namespace MsaAspire.Messaging;

/// <summary>
/// Messages that may have killed the processes that handled them. The broker counts each return for everything the process held, so each of them is
/// handled alone, after its own attempt is on record: the one at fault reaches its limit, and its neighbours do not.
/// </summary>
internal sealed class Suspects(string module, NpgsqlDataSource database)
{
    /// <summary>From so many returns on a message is handled alone.</summary>
    public const int MinReturns = 3;

    /// <summary>How often a message may be handled alone without success.</summary>
    public const int MaxAttempts = 5;

    private readonly string _begin = $"""
        INSERT INTO {module}.suspects AS s (message_id) VALUES ($1)
        ON CONFLICT (message_id) DO UPDATE SET attempts = s.attempts + 1 RETURNING attempts
        """;

    /// <summary>Records an attempt and returns its number, from 1; its commit precedes the attempt.</summary>
    public async Task<int> BeginAsync(Guid message)
    {
        await using var command = database.CreateCommand(_begin);
        command.Parameters.Add(new() { Value = message });
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
