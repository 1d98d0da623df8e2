namespace MsaAspire.Contracts;

/// <summary>The order is paid: <c>payment.succeeded</c>.</summary>
/// <param name="OrderId">The order; it is charged once, whatever happens.</param>
/// <param name="Amount">What was charged.</param>
/// <param name="Currency">ISO 4217.</param>
public sealed record PaymentSucceeded(Guid OrderId, decimal Amount, string Currency);
