namespace MsaAspire.Contracts;

/// <summary>The order will not be paid: <c>payment.failed</c>. The provider has confirmed that nothing is charged.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Reason">Why, in words for operators.</param>
/// <param name="ReasonCode">One of <see cref="ReasonCodes"/>; null in events of older publishers.</param>
public sealed record PaymentFailed(Guid OrderId, string Reason, string? ReasonCode = null);
