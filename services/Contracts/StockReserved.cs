namespace MsaAspire.Contracts;

/// <summary>Inventory reserves every item of the order: <c>stock.reserved</c>.</summary>
/// <param name="OrderId">The order.</param>
public sealed record StockReserved(Guid OrderId);

/// <summary>Version 1 of <see cref="StockReserved"/>, of which only this is read.</summary>
public sealed record StockReservedV1(Guid OrderId);
