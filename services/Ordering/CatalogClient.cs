using System.Globalization;

namespace MsaAspire.Ordering;

/// <summary>A product's price in the catalogue.</summary>
internal sealed record CatalogPrice(int Id, string Name, decimal Amount, string Currency);

internal sealed class CatalogClient(HttpClient http)
{
    /// <summary>How many products the catalogue answers for in one call; also the maximum in one order.</summary>
    public const int MaxProducts = 100;

    /// <summary>The prices of those of <paramref name="products"/> that exist.</summary>
    public async Task<List<CatalogPrice>> GetPricesAsync(IEnumerable<int> products, CancellationToken cancellation)
    {
        var query = string.Join('&', products.Select(p => string.Create(CultureInfo.InvariantCulture, $"id={p}")));
        return await http.GetFromJsonAsync($"/internal/prices?{query}", OrderingJson.Default.ListCatalogPrice, cancellation) ?? [];
    }
}
