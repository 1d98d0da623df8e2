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

    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<int, Entry> _entries = new();

    /// <summary>The prices of those of <paramref name="products"/> that exist.</summary>
    /// <exception cref="CatalogUnavailableException">The catalogue does not answer and a price is not cached or too old.</exception>
    public async Task<Dictionary<int, CatalogPrice>> GetAsync(IReadOnlyCollection<int> products, CancellationToken cancellation)
    {
        var asked = Claim(products);
        if (asked.Count > 0)
            await RefreshAsync(asked, cancellation);
        var known = new Dictionary<int, CatalogPrice>();
        foreach (var product in products)
        {
            if (_entries.TryGetValue(product, out var entry))
                known[product] = IsUsable(entry) ? entry.Price : throw new CatalogUnavailableException(cause: null);
        }

        return known;
    }

    /// <summary>
    /// The prices this request has to ask for. One call for all old prices, not one for each order that needs an old price: concurrent requests use
    /// the old price meanwhile, as long as it is usable.
    /// </summary>
    private List<int> Claim(IReadOnlyCollection<int> products)
    {
        if (products.All(p => _entries.TryGetValue(p, out var e) && IsUsable(e) && clock.GetElapsedTime(e.AskedAt) < RetryAfter(e)))
            return [];
        var asked = products.Where(p => !_entries.TryGetValue(p, out var e) || !IsUsable(e))
            .Concat(_entries.Where(e => clock.GetElapsedTime(e.Value.AskedAt) >= RetryAfter(e.Value)).Select(e => e.Key))
            .Distinct().Take(CatalogClient.MaxProducts).ToList();
        foreach (var product in asked)
        {
            if (_entries.TryGetValue(product, out var entry))
                _entries[product] = entry with { AskedAt = clock.GetTimestamp(), IsFresh = false };
        }

        return asked;
    }

    private async Task RefreshAsync(List<int> asked, CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var prices = await scope.ServiceProvider.GetRequiredService<CatalogClient>().GetPricesAsync(asked, cancellation);
            foreach (var gone in asked.Except(prices.Select(p => p.Id)))
                _entries.TryRemove(gone, out _);
            var now = clock.GetTimestamp();
            foreach (var price in prices)
                _entries[price.Id] = new(price, ReadAt: now, AskedAt: now, IsFresh: true);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && e is HttpRequestException or ExecutionRejectedException or TaskCanceledException)
        {
            if (asked.Any(p => !_entries.ContainsKey(p)))
                throw new CatalogUnavailableException(e);
            logger.LogWarning("The catalogue does not answer; orders use cached prices: {Reason}", e.Message);
        }
    }

    private bool IsUsable(Entry entry) => clock.GetElapsedTime(entry.ReadAt) < Usable;

    private static TimeSpan RetryAfter(Entry entry) => entry.IsFresh ? Fresh : s_retryAfter;

    /// <param name="Price">The price.</param>
    /// <param name="ReadAt">When the catalogue said so: a timestamp of the clock, which no change of the time of day moves.</param>
    /// <param name="AskedAt">When it was last asked.</param>
    /// <param name="IsFresh">Whether it answered then.</param>
    private sealed record Entry(CatalogPrice Price, long ReadAt, long AskedAt, bool IsFresh);
}

/// <summary>A price is unknown and cannot be looked up now.</summary>
internal sealed class CatalogUnavailableException(Exception? cause) : Exception("The catalogue does not answer.", cause);
