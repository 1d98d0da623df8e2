using MsaAspire.Contracts;
using MsaAspire.Messaging;

namespace MsaAspire.Ordering;

/// <summary>The state of an order.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Number">That status's place in its history, from 1.</param>
internal sealed record OrderProgress(string Status, int Number);

/// <summary>A decision of another service, or of the deadline, about an order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Outcome">The requested status.</param>
/// <param name="Reason">Why the order is rejected or cancelled, if it is.</param>
internal sealed record Decision(Guid OrderId, string Outcome, string? Reason = null)
{
    /// <exception cref="UnhandleableException">Ordering does not handle events of this type.</exception>
    public static Decision Of(ReceivedEvent received) => received.Data switch
    {
        StockReserved reserved => new(reserved.OrderId, OrderStatus.Reserved),
        StockRejected rejected => new(rejected.OrderId, OrderStatus.Rejected, Describe(rejected)),
        PaymentSucceeded paid => new(paid.OrderId, OrderStatus.Confirmed),
        PaymentFailed failed => new(failed.OrderId, OrderStatus.Cancelled, failed.Reason),
        _ => throw new UnhandleableException($"ordering does not handle {received.Type.Name}"),
    };

    private static string Describe(StockRejected rejected) =>
        $"{rejected.Reason}: {(rejected.ProductIds.Count == 1 ? "product" : "products")} {string.Join(", ", rejected.ProductIds)}";
}

/// <summary>The state machine of an order: Submitted, Reserved, Confirmed; or Rejected without stock, or Cancelled without payment. Final statuses do not change.</summary>
internal static class Saga
{
    /// <returns>The new statuses of the order, oldest first; none when the decision is late or a repetition.</returns>
    public static IReadOnlyList<OrderChanged> Apply(OrderProgress order, Decision decision, DateTimeOffset now)
    {
        return (order.Status, decision.Outcome) switch
        {
            (OrderStatus.Submitted, OrderStatus.Reserved or OrderStatus.Rejected) or (OrderStatus.Reserved, OrderStatus.Confirmed or OrderStatus.Cancelled) =>
                [Change(1, decision.Outcome, decision.Reason)],
            // Payment received the reservation before ordering did: its decision implies it.
            (OrderStatus.Submitted, OrderStatus.Confirmed or OrderStatus.Cancelled) =>
                [Change(1, OrderStatus.Reserved, null), Change(2, decision.Outcome, decision.Reason)],
            _ => [],
        };

        OrderChanged Change(int further, string status, string? reason) => new(decision.OrderId, order.Number + further, status, now, reason);
    }
}
