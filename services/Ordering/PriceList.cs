using System.Collections.Concurrent;
using Polly;

namespace MsaAspire.Ordering;

/// <summary>
/// The catalogue's prices, remembered. Ordering asks over HTTP when it does not know a product or its price is older than
/// <see cref="Fresh"/>; when the catalogue does not answer, a price up to <see cref="Usable"/> old is still taken. So the catalogue
/// may be down for a while and orders go on, and the price of an order costs no call on the way. What does not exist is never
/// remembered: the list cannot grow beyond the catalogue.
/// </summary>
internal sealed class PriceList(IServiceScopeFactory scopes, TimeProvider clock, ILogger<PriceList> logger)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30), Usable = TimeSpan.FromHours(1);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<int, Entry> _entries = new();

    /// <summary>The prices of those of <paramref name="products"/> that exist.</summary>
    /// <exception cref="CatalogUnavailableException">When the catalogue does not answer and a price is not known well enough.</exception>
    public async Task<Dictionary<int, CatalogPrice>> GetAsync(IReadOnlyCollection<int> products, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (products.Any(p => !_entries.TryGetValue(p, out var e) || e.RefreshAt <= now))
            await RefreshAsync(products, now, cancellation);
        return products.Where(_entries.ContainsKey).ToDictionary(p => p, p => _entries[p].Price);
    }

    private async Task RefreshAsync(IReadOnlyCollection<int> products, DateTimeOffset now, CancellationToken cancellation)
    {
        // One call for all that is old, not one for each order that meets an old price.
        var asked = products.Where(p => !_entries.ContainsKey(p))
            .Concat(_entries.Where(e => e.Value.RefreshAt <= now).Select(e => e.Key)).Take(CatalogClient.MaxProducts).ToList();
        // Whoever comes meanwhile takes the old price instead of asking as well.
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
            logger.LogWarning("The catalogue does not answer; orders take its prices of a while ago: {Reason}", e.Message);
        }
    }

    private sealed record Entry(CatalogPrice Price, DateTimeOffset ReadAt, DateTimeOffset RefreshAt);
}

/// <summary>A price is not known and cannot be asked for now.</summary>
internal sealed class CatalogUnavailableException(Exception cause) : Exception("The catalogue does not answer.", cause);
