namespace MsaAspire.Contracts;

/// <summary>Inventory reserves every item of the order: <c>stock.reserved</c>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Payment">Copied from <see cref="OrderSubmitted"/>, so that the payment service needs no other message.</param>
public sealed record StockReserved(Guid OrderId, PaymentRequest Payment);
