namespace MsaAspire.Contracts;

/// <summary>Ordering accepted an order: <c>order.submitted</c>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Customer">Who ordered.</param>
/// <param name="Items">At least one; each product once.</param>
/// <param name="Payment">What is to be charged once the stock is reserved.</param>
public sealed record OrderSubmitted(Guid OrderId, string Customer, IReadOnlyList<OrderLine> Items, PaymentRequest Payment);

/// <summary>So many of a product, 1 to 1000.</summary>
public sealed record OrderLine(int ProductId, int Quantity);

/// <summary>What is charged, and the payment provider's token to charge it with.</summary>
public sealed record PaymentRequest(string Token, decimal Amount, string Currency);
