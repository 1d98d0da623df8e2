using System.Collections.Concurrent;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Npgsql;

namespace Messaging.Tests;

/// <summary>A handler that leaves a trace of each effect, and which fails when told to.</summary>
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

        var orders = events.Select(e => e.Data).OfType<OrderChanged>().GroupBy(o => o.OrderId, (id, o) => (id, number: o.Max(c => c.Number))).ToList();
        await using var command = Database!.CreateCommand($"""
            WITH fresh AS (
                INSERT INTO {schema}.inbox (message_id) SELECT unnest($1) ON CONFLICT DO NOTHING RETURNING message_id
            ), latest AS (
                INSERT INTO {schema}.latest AS l (order_id, number) SELECT * FROM unnest($2, $3)
                ON CONFLICT (order_id) DO UPDATE SET number = excluded.number WHERE l.number < excluded.number
            )
            INSERT INTO {schema}.effects SELECT message_id FROM fresh
            """);
        command.Parameters.Add(new() { Value = events.Select(e => e.Id).Distinct().ToArray() });
        command.Parameters.Add(new() { Value = orders.ConvertAll(o => o.id) });
        command.Parameters.Add(new() { Value = orders.ConvertAll(o => o.number) });
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
