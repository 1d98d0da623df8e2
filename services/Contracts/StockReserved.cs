namespace MsaAspire.Contracts;

/// <summary>Inventory holds every item of the order: <c>stock.reserved</c>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Payment">Passed on from <see cref="OrderSubmitted"/>, so that who charges needs no other message.</param>
public sealed record StockReserved(Guid OrderId, PaymentRequest Payment);
