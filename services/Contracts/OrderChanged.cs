namespace MsaAspire.Contracts;

/// <summary>An order came to a new status: <c>order.reserved</c>, <c>order.rejected</c>, <c>order.confirmed</c> or <c>order.cancelled</c>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Number">The status's place in the order's history, from 1; <c>Submitted</c> is 1. An event with a smaller number than one seen before is out of date.</param>
/// <param name="Status">The new status, as the API names it.</param>
/// <param name="At">When.</param>
/// <param name="Reason">Why it was rejected or cancelled, in words for operators, else null.</param>
/// <param name="ReasonCode">The same as one of <see cref="ReasonCodes"/>.</param>
public sealed record OrderChanged(Guid OrderId, int Number, string Status, DateTimeOffset At, string? Reason, string? ReasonCode = null);
