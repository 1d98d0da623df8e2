using System.Text.Json;

namespace MsaAspire.Lab.Load;

/// <summary>Asks the shop itself for the statuses whose event was not received.</summary>
internal sealed class OrderLookup(Uri gateway) : IDisposable
{
    private const int Most = 500, AtOnce = 8;

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false })
    {
        BaseAddress = gateway,
        Timeout = TimeSpan.FromSeconds(5),
    };

    /// <summary>Updates the waiting <paramref name="orders"/> from the shop's API. Ends after 500 orders or half a minute.</summary>
    public async Task AskAsync(Orders orders, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_limit);
        try
        {
            await Parallel.ForEachAsync(
                orders.Waiting.Take(Most), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = limit.Token },
                async (order, token) => await AskAsync(order, orders, token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Those that were not asked for stay unknown.
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task AskAsync(Guid order, Orders orders, CancellationToken cancellation)
    {
        try
        {
            using var answer = JsonDocument.Parse(await _http.GetByteArrayAsync($"api/orders/{order}", cancellation));
            var last = answer.RootElement.GetProperty("history").EnumerateArray().Last();
            if (last.GetProperty("status").GetString() is ("Confirmed" or "Rejected" or "Cancelled") and var status)
                orders.FoundFinal(order, status, last.GetProperty("at").GetDateTimeOffset());
            else
                orders.FoundOpen(order);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            // The shop does not answer.
        }
    }
}
