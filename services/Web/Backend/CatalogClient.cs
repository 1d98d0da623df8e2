namespace MsaAspire.Web.Backend;

/// <summary>A product as the catalogue describes it.</summary>
public sealed record Product(int Id, string Name, string Description, decimal Price, string Currency);

/// <summary>One page of the products that match a search, and how many match in all.</summary>
public sealed record ProductPage(IReadOnlyList<Product> Items, int Page, int PageSize, int Total)
{
    /// <summary>The number of the last page, at least 1.</summary>
    public int Last => Math.Max(1, (Total + PageSize - 1) / PageSize);
}

internal sealed class CatalogClient(HttpClient http)
{
    /// <summary>The catalogue refuses a longer search.</summary>
    public const int LongestSearch = 100;

    public async Task<ProductPage> SearchAsync(string search, int page, int pageSize, CancellationToken cancellation) =>
        (await http.GetFromJsonAsync($"/api/products?search={Uri.EscapeDataString(search)}&page={page}&pageSize={pageSize}", WebJson.Default.ProductPage, cancellation))!;

    /// <summary>Null when there is no such product.</summary>
    public Task<Product?> FindAsync(int id, CancellationToken cancellation) => http.FindAsync($"/api/products/{id}", WebJson.Default.Product, cancellation);
}
