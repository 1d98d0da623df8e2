using System.Collections.Concurrent;
using MsaAspire.Messaging;
using Npgsql;

namespace Messaging.Tests;

/// <summary>A handler whose only effect is the inbox row, and which fails when told to.</summary>
public sealed class Recorder(string schema) : IEventHandler
{
    /// <summary>What it was called with, failed calls included.</summary>
    public ConcurrentQueue<ReceivedEvent> Seen { get; } = new();

    /// <summary>What to throw for an event; null lets it pass.</summary>
    public Func<ReceivedEvent, Exception?> Fault { get; set; } = _ => null;

    internal NpgsqlDataSource? Database { get; set; }

    public async Task<int> HandleAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellation)
    {
        foreach (var received in events)
        {
            Seen.Enqueue(received);
            if (Fault(received) is { } fault)
                throw fault;
        }

        await using var command = Database!.CreateCommand($"INSERT INTO {schema}.inbox (message_id) SELECT unnest($1) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new() { Value = events.Select(e => e.Id).ToArray() });
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
