using System.Diagnostics;
using MsaAspire.Messaging;
using Npgsql;

namespace MsaAspire.Ordering;

/// <summary>Applies the decisions of inventory and payment: inbox, orders and the resulting events in one transaction for a whole batch.</summary>
internal sealed class OrderEvents(
    [FromKeyedServices(OrderingModule.Database)] NpgsqlDataSource database, [FromKeyedServices(OrderingModule.Name)] Outbox outbox,
    ILogger<OrderEvents> logger) : IEventHandler
{
    public async Task<int> HandleAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellation)
    {
        var decisions = events.ToDictionary(e => e.Id, Decision.Of);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var (fresh, orders) = await LockAsync(connection, decisions.Keys, decisions.Values.Select(d => d.OrderId), cancellation);
        var moves = new List<OrderMove>();
        var now = DateTimeOffset.UtcNow;
        // In the order of arrival: of two decisions on one order, the later one sees the result of the earlier one.
        foreach (var cause in events.Where(e => fresh.Contains(e.Id)))
        {
            var decision = decisions[cause.Id];
            if (orders.TryGetValue(decision.OrderId, out var progress) && Saga.Apply(progress, decision, now) is { Count: > 0 } changes)
            {
                orders[decision.OrderId] = new(changes[^1].Status, changes[^1].Number);
                moves.Add(new(changes, cause));
            }
        }

        await OrderMove.CommitAsync(connection, moves, outbox, cancellation);
        Log(moves);
        return fresh.Count;
    }

    /// <summary>Each status change in the trace of its order; the current activity is that of the first.</summary>
    private void Log(IReadOnlyList<OrderMove> moves)
    {
        var current = Activity.Current;
        foreach (var move in moves)
        {
            Activity.Current = move.Cause?.Activity;
            foreach (var change in move.Changes)
                logger.OrderIs(change);
        }

        Activity.Current = current;
    }

    private static async Task<(HashSet<Guid> Fresh, Dictionary<Guid, OrderProgress> Orders)> LockAsync(
        NpgsqlConnection connection, IEnumerable<Guid> messages, IEnumerable<Guid> orderIds, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("INSERT INTO ordering.inbox (message_id) SELECT unnest($1) ON CONFLICT DO NOTHING RETURNING message_id")
                {
                    Parameters = { new() { Value = messages.ToArray() } },
                },
                // In key order, so that two replicas cannot deadlock.
                new("SELECT id, status, jsonb_array_length(history) FROM ordering.orders WHERE id = ANY($1) ORDER BY id FOR UPDATE")
                {
                    Parameters = { new() { Value = orderIds.Distinct().ToArray() } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var fresh = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellation))
            fresh.Add(reader.GetGuid(0));
        await reader.NextResultAsync(cancellation);
        var orders = new Dictionary<Guid, OrderProgress>();
        while (await reader.ReadAsync(cancellation))
            orders.Add(reader.GetGuid(0), new(reader.GetString(1), reader.GetInt32(2)));
        return (fresh, orders);
    }
}
