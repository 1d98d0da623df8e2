using Polly;

namespace MsaAspire.Web.Backend;

/// <summary>How much of a product can still be ordered.</summary>
public sealed record Stock(int ProductId, int Available);

internal sealed class InventoryClient(HttpClient http, ILogger<InventoryClient> logger)
{
    /// <summary>A product page is worth showing without its stock, so it does not wait long for it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>How many of a product can be ordered; null when that is not known now.</summary>
    public async Task<int?> AvailableAsync(int productId, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            return (await http.FindAsync($"/api/stock/{productId}", WebJson.Default.Stock, limit.Token))?.Available;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is HttpRequestException or ExecutionRejectedException or OperationCanceledException)
        {
            logger.LogWarning("The page of product {Product} is shown without its stock: {Reason}", productId, e.Message);
            return null;
        }
    }
}
