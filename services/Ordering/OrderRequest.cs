using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;

namespace MsaAspire.Ordering;

/// <summary>What is ordered, by whom, and how it is paid.</summary>
/// <remarks>The body of <c>POST /api/orders</c>. Everything may be missing until it is validated.</remarks>
/// <param name="Customer">Who orders: 1 to 200 characters.</param>
/// <param name="Items">1 to 100 items, each product once.</param>
/// <param name="Payment">How it is paid.</param>
/// <param name="Total">The total that the customer was shown; if it is given and is no longer right, the order is refused.</param>
/// <param name="Currency">The currency of <paramref name="Total"/>, ISO 4217.</param>
public sealed record OrderRequest(
    [property: Required, StringLength(200, MinimumLength = 1), NoControlCharacters] string? Customer,
    [property: Required, Length(1, CatalogClient.MaxProducts, ErrorMessage = "The field {0} must have {1} to {2} items."), EachProductOnce]
    IReadOnlyList<RequestedItem?>? Items,
    [property: Required] RequestedPayment? Payment,
    decimal? Total = null,
    string? Currency = null)
{
    /// <summary>
    /// Equal for two bodies that mean the same order, whatever their formatting. What is absent does not count, so that a field which is added in a
    /// later version changes nothing for requests without it.
    /// </summary>
    public byte[] Fingerprint() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        this with { Items = [.. Items!.OrderBy(i => i!.ProductId)] }, FingerprintJson.Default.OrderRequest));
}

/// <summary>A quantity of a product.</summary>
/// <param name="ProductId">The product's number.</param>
/// <param name="Quantity">1 to 1000.</param>
public sealed record RequestedItem([property: Required] int? ProductId, [property: Required, Range(1, 1000)] int? Quantity);

/// <summary>How an order is to be paid.</summary>
/// <param name="Token">The payment provider's: 1 to 100 characters.</param>
public sealed record RequestedPayment([property: Required, StringLength(100, MinimumLength = 1), NoControlCharacters] string? Token);

/// <summary>A text in one line, which can be shown and logged as it is.</summary>
internal sealed class NoControlCharactersAttribute : RegularExpressionAttribute
{
    public NoControlCharactersAttribute() : base(@"^[^\u0000-\u001F\u007F-\u009F]*$") => ErrorMessage = "The field {0} must not contain control characters.";
}

/// <summary>Items that are there, and no two of one product.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EachProductOnceAttribute() : ValidationAttribute("Name each product once, with its whole quantity.")
{
    public override bool IsValid(object? value) => value is not IReadOnlyList<RequestedItem?> items
        || (!items.Contains(null) && items.DistinctBy(i => i!.ProductId).Count() == items.Count);
}
