namespace MsaAspire.Contracts;

/// <summary>Ordering asks for the payment of an order whose stock is reserved: <c>payment.requested</c>. The only event that carries the token.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Token">The payment provider's token to charge with.</param>
/// <param name="Amount">What is to be charged; more than 0.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record PaymentRequested(Guid OrderId, string Token, decimal Amount, string Currency);
