using MsaAspire.Contracts;

namespace MsaAspire.Ordering;

/// <summary>An order as customers see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Customer">Who ordered.</param>
/// <param name="Status"><c>Submitted</c>, <c>Reserved</c>, and at last <c>Confirmed</c>, <c>Rejected</c> or <c>Cancelled</c>.</param>
/// <param name="Reason">Why it was rejected or cancelled, in English, else null.</param>
/// <param name="ReasonCode">The same as a stable code: <c>out-of-stock</c>, <c>unknown-product</c>, <c>card-declined</c>, <c>card-unknown</c>, <c>payment-unavailable</c> or <c>timed-out</c>.</param>
/// <param name="Items">What was ordered, at the price of that moment.</param>
/// <param name="Total">Sum of the items.</param>
/// <param name="Currency">ISO 4217, the same for all items.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="History">Each status it has had, oldest first.</param>
public sealed record Order(
    Guid Id,
    string Customer,
    string Status,
    string? Reason,
    string? ReasonCode,
    IReadOnlyList<OrderItem> Items,
    decimal Total,
    string Currency,
    DateTimeOffset CreatedAt,
    IReadOnlyList<StatusChange> History);

/// <summary>A quantity of a product at a unit price.</summary>
public sealed record OrderItem(int ProductId, string Name, int Quantity, decimal Price);

/// <summary>When an order reached a status.</summary>
public sealed record StatusChange(string Status, DateTimeOffset At);

/// <summary>The statuses of an order.</summary>
internal static class OrderStatus
{
    public const string Submitted = nameof(Submitted), Reserved = nameof(Reserved), Rejected = nameof(Rejected), Confirmed = nameof(Confirmed), Cancelled = nameof(Cancelled);

    /// <summary>Whether an order stays in a status for ever.</summary>
    public static bool IsFinal(string status) => status is Rejected or Confirmed or Cancelled;

    /// <summary>The event that reports a status of an order.</summary>
    public static EventType EventOf(string status) => status switch
    {
        Reserved => ShopEvents.OrderReserved,
        Rejected => ShopEvents.OrderRejected,
        Confirmed => ShopEvents.OrderConfirmed,
        Cancelled => ShopEvents.OrderCancelled,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "This status has no event."),
    };
}
