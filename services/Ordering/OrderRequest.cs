using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.Json;

namespace MsaAspire.Ordering;

/// <summary>What is ordered, by whom, and how it is paid.</summary>
/// <remarks>The body of <c>POST /api/orders</c>. Everything may be missing until <see cref="Errors"/> has checked it.</remarks>
/// <param name="Customer">Who orders: 1 to 200 characters.</param>
/// <param name="Items">1 to 100 items, each product once.</param>
/// <param name="Payment">How it is paid.</param>
/// <param name="Total">The total that the customer was shown; if it is given and is no longer right, the order is refused.</param>
/// <param name="Currency">The currency of <paramref name="Total"/>, ISO 4217.</param>
public sealed record OrderRequest(
    [property: Required] string? Customer,
    [property: Required] IReadOnlyList<RequestedItem?>? Items,
    [property: Required] RequestedPayment? Payment,
    decimal? Total = null,
    string? Currency = null)
{
    /// <summary>The longest <c>Idempotency-Key</c>, in characters.</summary>
    public const int MaxKey = 64;

    private const int MaxCustomer = 200, MaxItems = CatalogClient.MaxProducts, MaxQuantity = 1000, MaxToken = 100;

    /// <summary>What is wrong with the request, by field; empty when nothing is.</summary>
    /// <param name="idempotencyKey">The value of the header <c>Idempotency-Key</c>.</param>
    public IDictionary<string, string[]> Errors(string? idempotencyKey)
    {
        var errors = new Dictionary<string, string[]>();
        Check("Idempotency-Key", idempotencyKey, MaxKey);
        Check("customer", Customer, MaxCustomer);
        Check("payment.token", Payment?.Token, MaxToken);
        if (Items is not { Count: > 0 and <= MaxItems })
            errors["items"] = [$"1 to {MaxItems} items are needed"];
        else if (Items.DistinctBy(i => i?.ProductId).Count() != Items.Count)
            errors["items"] = ["name each product once, with its whole quantity"];
        for (var i = 0; i < Math.Min(Items?.Count ?? 0, MaxItems); i++)
        {
            if (Items![i] is not { ProductId: not null, Quantity: >= 1 and <= MaxQuantity })
                errors[$"items[{i}]"] = [$"a productId and a quantity of 1 to {MaxQuantity} are needed"];
        }

        return errors;

        void Check(string field, string? value, int longest)
        {
            if (string.IsNullOrWhiteSpace(value) || value.Length > longest || value.Any(char.IsControl))
                errors[field] = [$"1 to {longest} characters are needed, none of them a control character"];
        }
    }

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
public sealed record RequestedItem([property: Required] int? ProductId, [property: Required] int? Quantity);

/// <summary>How an order is to be paid.</summary>
/// <param name="Token">The payment provider's: 1 to 100 characters.</param>
public sealed record RequestedPayment([property: Required] string? Token);
