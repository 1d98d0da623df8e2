using System.Security.Cryptography;
using System.Text.Json;

namespace MsaAspire.Ordering;

/// <summary>The body of <c>POST /api/orders</c>. Everything may be missing in it, until <see cref="Errors"/> says otherwise.</summary>
public sealed record OrderRequest(string? Customer, IReadOnlyList<RequestedItem?>? Items, RequestedPayment? Payment)
{
    private const int MaxCustomer = 200, MaxItems = CatalogClient.MaxProducts, MaxQuantity = 1000, MaxToken = 100, MaxKey = 64;

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

    /// <summary>The same for two bodies that mean the same order, however they are written down.</summary>
    public byte[] Fingerprint() => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        this with { Items = [.. Items!.OrderBy(i => i!.ProductId)] }, OrderingJson.Default.OrderRequest));
}

/// <summary>An item of an <see cref="OrderRequest"/>.</summary>
public sealed record RequestedItem(int? ProductId, int? Quantity);

/// <summary>How an <see cref="OrderRequest"/> is to be paid.</summary>
public sealed record RequestedPayment(string? Token);
