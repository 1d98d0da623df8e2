namespace MsaAspire.Lab.Load;

/// <summary>Customers of a running shop, microservices or monolith.</summary>
internal sealed class ShopLoad : IAsyncDisposable
{
    private readonly ShopClient _client;
    private readonly OrderLookup _lookup;
    private readonly FinalStatuses? _finals;
    private readonly Random _seeds;

    private ShopLoad(Uri gateway, FinalStatuses? finals, int seed) =>
        (_client, _lookup, _finals, _seeds) = (new(gateway, seed), new(gateway), finals, new(seed));

    /// <summary>
    /// Connects to a running shop, and requests one page, so that the first measured requests are not delayed by compilation.
    /// </summary>
    /// <param name="gateway">Where customers find it; a path ends with a slash.</param>
    /// <param name="brokerConnectionString">
    /// The broker's AMQP URI, from which final statuses are received; null to ask the shop for them at the end of a run, which then has no
    /// times to a final status.
    /// </param>
    /// <param name="seed">With equal seeds the first run sends equal requests at equal times, and so does the second, and so on.</param>
    /// <param name="cancellation">Cancels the attempt.</param>
    public static async Task<ShopLoad> ConnectAsync(Uri gateway, string? brokerConnectionString, int seed, CancellationToken cancellation)
    {
        var load = new ShopLoad(
            gateway, brokerConnectionString is null ? null : await FinalStatuses.ListenAsync(brokerConnectionString, cancellation), seed);
        await load._client.SendAsync(new(0, Operations.Browse, 0));
        return load;
    }

    /// <summary>Starts a run, which lasts until <see cref="LoadRun.StopAsync"/>.</summary>
    /// <param name="rates">How many of each operation a second.</param>
    /// <param name="cancellation">Ends the arrivals.</param>
    /// <param name="gaps">How they follow each other.</param>
    public LoadRun Start(Rates rates, CancellationToken cancellation, Gaps gaps = Gaps.Exponential) =>
        new(_client, _lookup, _finals, Schedule.Create(rates, _seeds.Next(), gaps), cancellation);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        _lookup.Dispose();
        if (_finals is not null)
            await _finals.DisposeAsync();
    }
}
