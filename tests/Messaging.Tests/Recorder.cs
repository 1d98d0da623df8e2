using System.Collections.Concurrent;
using MsaAspire.Contracts;
using MsaAspire.Messaging;

namespace Messaging.Tests;

/// <summary>What the handler of a test does: it leaves a trace of each effect, and fails when told to.</summary>
public sealed class Recorder(string schema)
{
    /// <summary>What the handler was called with, failed calls included.</summary>
    public ConcurrentQueue<ReceivedEvent> Seen { get; } = new();

    /// <summary>What to throw for an event; null lets it pass.</summary>
    public Func<ReceivedEvent, Exception?> Fault { get; set; } = _ => null;

    /// <summary>Messaging creates it for each batch.</summary>
    public sealed class Handler(Recorder recorder) : IBatchHandler
    {
        public Task HandleAsync(IReadOnlyList<ReceivedEvent> events, UnitOfWork work, CancellationToken cancellation)
        {
            recorder.Record(events, work);
            return Task.CompletedTask;
        }
    }

    private void Record(IReadOnlyList<ReceivedEvent> events, UnitOfWork work)
    {
        foreach (var received in events)
        {
            Seen.Enqueue(received);
            if (Fault(received) is { } fault)
                throw fault;
        }

        work.Add($"INSERT INTO {schema}.effects SELECT unnest($1)", events.Select(e => e.Id).ToArray());
        var orders = events.Select(e => e.Data).OfType<OrderChanged>().GroupBy(o => o.OrderId, (id, o) => (id, number: o.Max(c => c.Number))).ToList();
        work.Add(
            $"""
            INSERT INTO {schema}.latest AS l (order_id, number) SELECT * FROM unnest($1, $2)
            ON CONFLICT (order_id) DO UPDATE SET number = excluded.number WHERE l.number < excluded.number
            """,
            orders.ConvertAll(o => o.id), orders.ConvertAll(o => o.number));
    }
}
