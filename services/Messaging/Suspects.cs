using Npgsql;

namespace MsaAspire.Messaging;

/// <summary>
/// Messages that may have killed the processes that handled them. A return is counted for everything the process held, so each of them is
/// handled alone, after its own attempt is on record: the one at fault reaches its limit, and its neighbours do not. The broker counts returns;
/// where there is none, this does.
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

    private readonly string _count = $"""
        INSERT INTO {module}.suspects AS s (message_id, attempts, returns) SELECT unnest($1), 0, 0 ORDER BY 1
        ON CONFLICT (message_id) DO UPDATE SET returns = s.returns + 1 RETURNING message_id, returns
        """;

    /// <summary>Counts for messages that may have been handled before: how often each has returned. Its commit precedes the attempt.</summary>
    public async Task<IReadOnlyDictionary<Guid, int>> CountReturnsAsync(IReadOnlyCollection<Guid> messages)
    {
        var returns = new Dictionary<Guid, int>();
        if (messages.Count == 0)
            return returns;
        await using var command = database.CreateCommand(_count);
        command.Parameters.Add(new() { Value = messages.Distinct().ToArray() });
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            returns.Add(reader.GetGuid(0), reader.GetInt32(1));
        return returns;
    }

    /// <summary>The process has survived these messages.</summary>
    public async Task RemoveAsync(IReadOnlyCollection<Guid> messages)
    {
        if (messages.Count == 0)
            return;
        await using var command = database.CreateCommand($"DELETE FROM {module}.suspects WHERE message_id = ANY($1)");
        command.Parameters.Add(new() { Value = messages.ToArray() });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Records an attempt and returns its number, from 1; its commit precedes the attempt.</summary>
    public async Task<int> BeginAsync(Guid message)
    {
        await using var command = database.CreateCommand(_begin);
        command.Parameters.Add(new() { Value = message });
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
