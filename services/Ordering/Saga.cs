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
/// <param name="ReasonCode">The same as one of <see cref="ReasonCodes"/>.</param>
internal sealed record Decision(Guid OrderId, string Outcome, string? Reason = null, string? ReasonCode = null)
{
    /// <exception cref="NonRetryableException">Ordering does not handle events of this type.</exception>
    public static Decision Of(ReceivedEvent received) => received.Data switch
    {
        StockReserved reserved => new(reserved.OrderId, OrderStatus.Reserved),
        StockRejected rejected => new(rejected.OrderId, OrderStatus.Rejected, Describe(rejected), CodeOf(rejected)),
        PaymentSucceeded paid => new(paid.OrderId, OrderStatus.Confirmed),
        PaymentFailed failed => new(failed.OrderId, OrderStatus.Cancelled, failed.Reason, failed.ReasonCode ?? ReasonCodes.CardDeclined),
        _ => throw new NonRetryableException($"ordering does not handle {received.Type.Name}"),
    };

    private static string Describe(StockRejected rejected) =>
        $"{rejected.Reason}: {(rejected.ProductIds.Count == 1 ? "product" : "products")} {string.Join(", ", rejected.ProductIds)}";

    private static string CodeOf(StockRejected rejected) =>
        rejected.Reason == StockRejected.OutOfStock ? ReasonCodes.OutOfStock : ReasonCodes.UnknownProduct;
}

/// <summary>The state machine of an order: Submitted, Reserved, Confirmed; or Rejected without stock, or Cancelled without payment. Final statuses do not change.</summary>
internal static class Saga
{
    /// <returns>The new status of the order; null when the decision is late or a repetition.</returns>
    public static OrderChanged? Apply(OrderProgress order, Decision decision, DateTimeOffset now) => (order.Status, decision.Outcome) switch
    {
        (OrderStatus.Submitted, OrderStatus.Reserved or OrderStatus.Rejected or OrderStatus.Cancelled) or (OrderStatus.Reserved, OrderStatus.Confirmed or OrderStatus.Cancelled) =>
            new(decision.OrderId, order.Number + 1, decision.Outcome, now, decision.Reason, decision.ReasonCode),
        _ => null,
    };
}
