using System.Diagnostics;
using MsaAspire.Messaging;
using Npgsql;

namespace MsaAspire.Ordering;

/// <summary>Applies the decisions of inventory and payment to many orders at once.</summary>
internal sealed class OrderSagaHandler(ILogger<OrderSagaHandler> logger) : IBatchHandler
{
    // In key order, so that two replicas cannot deadlock.
    private const string Lock = """
        SELECT id, status, jsonb_array_length(history), payment_token, total, currency
        FROM ordering.orders WHERE id = ANY($1) ORDER BY id FOR UPDATE
        """;

    public async Task HandleAsync(IReadOnlyList<ReceivedEvent> events, UnitOfWork work, CancellationToken cancellation)
    {
        var decisions = events.Select(e => (Cause: e, Decision: Decision.Of(e))).ToList();
        var orders = await LockAsync(work.Connection, decisions.Select(d => d.Decision.OrderId), cancellation);
        var transitions = new List<OrderTransition>();
        var now = DateTimeOffset.UtcNow;
        // In the order of arrival: of two decisions on one order, the later one sees the result of the earlier one.
        foreach (var (cause, decision) in decisions)
        {
            if (!orders.TryGetValue(decision.OrderId, out var order))
                throw new NonRetryableException($"there is no order {decision.OrderId}");
            if (Saga.Apply(order.Progress, decision, now) is not { } change)
                continue;
            transitions.Add(new(change, cause, order.Payment));
            orders[decision.OrderId] = order with { Progress = new(change.Status, change.Number) };
        }

        OrderTransition.Add(work, transitions);
        work.AfterCommit(() => Log(transitions));
    }

    /// <summary>Each status change in the trace of its order; the current activity is that of the first.</summary>
    private void Log(IReadOnlyList<OrderTransition> transitions)
    {
        var current = Activity.Current;
        foreach (var transition in transitions)
        {
            Activity.Current = transition.Cause?.Activity;
            logger.OrderIs(transition.Change);
        }

        Activity.Current = current;
    }

    private static async Task<Dictionary<Guid, LockedOrder>> LockAsync(NpgsqlConnection connection, IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Lock, connection) { Parameters = { new() { Value = ids.Distinct().ToArray() } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var orders = new Dictionary<Guid, LockedOrder>();
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.GetGuid(0);
            orders.Add(id, new(new(reader.GetString(1), reader.GetInt32(2)),
                reader.IsDBNull(3) ? null : new(id, reader.GetString(3), reader.GetDecimal(4), reader.GetString(5))));
        }

        return orders;
    }

    private sealed record LockedOrder(OrderProgress Progress, Contracts.PaymentRequested? Payment);
}
