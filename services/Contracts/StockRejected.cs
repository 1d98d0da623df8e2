namespace MsaAspire.Contracts;

/// <summary>Inventory reserves nothing for the order: <c>stock.rejected</c>.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Reason"><see cref="OutOfStock"/> or <see cref="UnknownProduct"/>.</param>
/// <param name="ProductIds">The products it was rejected for.</param>
public sealed record StockRejected(Guid OrderId, string Reason, IReadOnlyList<int> ProductIds)
{
    /// <summary>Fewer are available than were ordered.</summary>
    public const string OutOfStock = "out of stock";

    /// <summary>Inventory does not know the product.</summary>
    public const string UnknownProduct = "unknown product";
}
