namespace MsaAspire.Contracts;

/// <summary>The order will not be paid: <c>payment.failed</c>. Nothing was charged.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Reason">Why, in words for the customer.</param>
public sealed record PaymentFailed(Guid OrderId, string Reason);
