using System.Collections.Concurrent;
using Polly;

namespace MsaAspire.Ordering;

/// <summary>
/// A cache of the catalogue's prices. Ordering asks over HTTP when it does not know a product or its price is older than
/// <see cref="Fresh"/>; when the catalogue does not answer, a price up to <see cref="Usable"/> old is still used. So orders continue while
/// the catalogue is down for a while, and pricing an order usually needs no call. Unknown products are never cached: the cache
/// cannot grow beyond the catalogue.
/// </summary>
internal sealed class PriceList(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PriceList> logger)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30), Usable = TimeSpan.FromHours(1);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<int, Entry> _entries = new();

    /// <summary>The prices of those of <paramref name="products"/> that exist.</summary>
    /// <exception cref="CatalogUnavailableException">The catalogue does not answer and a price is not cached or too old.</exception>
    public async Task<Dictionary<int, CatalogPrice>> GetAsync(IReadOnlyCollection<int> products, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (products.Any(p => !_entries.TryGetValue(p, out var e) || e.RefreshAt <= now))
            await RefreshAsync(products, now, cancellation);
        return products.Where(_entries.ContainsKey).ToDictionary(p => p, p => _entries[p].Price);
    }

    private async Task RefreshAsync(IReadOnlyCollection<int> products, DateTimeOffset now, CancellationToken cancellation)
    {
        // One call for all old prices, not one for each order that needs an old price.
        var asked = products.Where(p => !_entries.ContainsKey(p))
            .Concat(_entries.Where(e => e.Value.RefreshAt <= now).Select(e => e.Key)).Take(CatalogClient.MaxProducts).ToList();
        // Concurrent requests use the old price instead of asking as well.
        foreach (var product in asked)
        {
            if (_entries.TryGetValue(product, out var entry))
                _entries[product] = entry with { RefreshAt = now + RetryAfter };
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var prices = await scope.ServiceProvider.GetRequiredService<CatalogClient>().GetPricesAsync(asked, cancellation);
            foreach (var gone in asked.Except(prices.Select(p => p.Id)))
                _entries.TryRemove(gone, out _);
            foreach (var price in prices)
                _entries[price.Id] = new(price, now, now + Fresh);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is HttpRequestException or ExecutionRejectedException or TaskCanceledException)
        {
            if (products.Any(p => !_entries.TryGetValue(p, out var entry) || entry.ReadAt + Usable < now))
                throw new CatalogUnavailableException(e);
            logger.LogWarning("The catalogue does not answer; orders use cached prices: {Reason}", e.Message);
        }
    }

    private sealed record Entry(CatalogPrice Price, DateTimeOffset ReadAt, DateTimeOffset RefreshAt);
}

/// <summary>A price is unknown and cannot be looked up now.</summary>
internal sealed class CatalogUnavailableException(Exception cause) : Exception("The catalogue does not answer.", cause);
