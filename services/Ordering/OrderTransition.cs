using System.Text.Json;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Npgsql;
using NpgsqlTypes;

namespace MsaAspire.Ordering;

/// <summary>An order's step to a new status.</summary>
/// <param name="Change">The new status.</param>
/// <param name="Cause">The decision of another service; null for the deadline.</param>
/// <param name="Payment">What payment is asked for when the stock is reserved; null once it was asked.</param>
internal sealed record OrderTransition(OrderChanged Change, ReceivedEvent? Cause, PaymentRequested? Payment)
{
    // The token is kept only until payment is asked.
    private const string Update = """
        UPDATE ordering.orders o SET status = t.status, reason = t.reason, reason_code = t.reason_code, history = o.history || t.added, payment_token = NULL
        FROM unnest($1, $2, $3, $4, $5) AS t(order_id, status, reason, reason_code, added) WHERE o.id = t.order_id
        """;

    private const string Close = "DELETE FROM ordering.open_orders WHERE order_id = ANY($1)";

    /// <summary>Adds the new statuses and their events to the unit of work.</summary>
    public static void Add(UnitOfWork work, IReadOnlyList<OrderTransition> transitions)
    {
        if (transitions.Count == 0)
            return;
        // An UPDATE applies only one of several rows for the same order, so those run one after the other.
        foreach (var wave in Waves(transitions))
            work.Add(UpdateCommand(wave));
        if (transitions.Where(t => OrderStatus.IsFinal(t.Change.Status)).Select(t => t.Change.OrderId).ToArray() is { Length: > 0 } final)
            work.Add(Close, final);
        foreach (var (change, cause, payment) in transitions)
        {
            work.Publish(OrderStatus.EventOf(change.Status), change, cause?.TraceParent);
            if (change.Status == OrderStatus.Reserved && payment is not null)
                work.Publish(ShopEvents.PaymentRequested, payment, cause?.TraceParent);
        }
    }

    private static IEnumerable<IReadOnlyList<OrderTransition>> Waves(IReadOnlyList<OrderTransition> transitions) => transitions
        .GroupBy(t => t.Change.OrderId)
        .SelectMany(order => order.Select((transition, wave) => (transition, wave)))
        .GroupBy(t => t.wave, t => t.transition)
        .OrderBy(wave => wave.Key)
        .Select(wave => wave.ToList());

    private static NpgsqlBatchCommand UpdateCommand(IReadOnlyList<OrderTransition> transitions) => new(Update)
    {
        Parameters =
        {
            new() { Value = transitions.Select(t => t.Change.OrderId).ToArray() },
            new() { Value = transitions.Select(t => t.Change.Status).ToArray() },
            Text(transitions.Select(t => t.Change.Reason)),
            Text(transitions.Select(t => t.Change.ReasonCode)),
            new() { Value = transitions.Select(History).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
        },
    };

    private static NpgsqlParameter Text(IEnumerable<string?> values) =>
        new() { Value = values.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static string History(OrderTransition transition) => JsonSerializer.Serialize(
        [new StatusChange(transition.Change.Status, transition.Change.At)], OrderingJson.Default.IReadOnlyListStatusChange);
}
