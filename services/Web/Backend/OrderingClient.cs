namespace MsaAspire.Web.Backend;

/// <summary>An order as its customer sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Customer">Who ordered.</param>
/// <param name="Status">Submitted, Reserved, Confirmed, Rejected or Cancelled.</param>
/// <param name="Reason">Why it was rejected or cancelled, in English for operators, else null.</param>
/// <param name="ReasonCode">The same as a stable code; null also in orders of an older release.</param>
/// <param name="Items">What was ordered, at the price of that moment.</param>
/// <param name="Total">Sum of the items.</param>
/// <param name="Currency">ISO 4217, the same for all items.</param>
/// <param name="CreatedAt">When it was accepted.</param>
/// <param name="History">Each status it has had, oldest first.</param>
public sealed record Order(
    Guid Id, string Customer, string Status, string? Reason, string? ReasonCode, IReadOnlyList<OrderItem> Items, decimal Total, string Currency, DateTimeOffset CreatedAt, IReadOnlyList<StatusChange> History)
{
    /// <summary>Whether nothing will change any more.</summary>
    public bool IsFinal => Status is "Confirmed" or "Rejected" or "Cancelled";
}

/// <summary>So many of a product at a unit price.</summary>
public sealed record OrderItem(int ProductId, string Name, int Quantity, decimal Price);

/// <summary>When an order came to a status.</summary>
public sealed record StatusChange(string Status, DateTimeOffset At);

internal sealed class OrderingClient(HttpClient http)
{
    /// <summary>Null when there is no such order.</summary>
    public Task<Order?> FindAsync(Guid id, CancellationToken cancellation) => http.FindAsync($"/api/orders/{id}", WebJson.Default.Order, cancellation);
}
