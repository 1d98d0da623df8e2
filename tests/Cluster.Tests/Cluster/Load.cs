using System.Collections.Concurrent;
using Xunit;

namespace Cluster.Tests.Cluster;

/// <summary>Customers that come at a constant rate, whatever the answers: two look at products, one at the storefront, one buys.</summary>
internal sealed class Load : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(50);

    private readonly ShopClient _shop;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _sending;
    private readonly ConcurrentBag<string> _orders = [], _failures = [];
    private int _sent;

    private Load(ShopClient shop) => (_shop, _sending) = (shop, SendAllAsync());

    public static Load On(ShopClient shop) => new(shop);

    /// <summary>How many requests were sent.</summary>
    public int Sent => _sent;

    /// <summary>What went wrong, and when.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Ends the load, and waits for each accepted order's end.</summary>
    public async Task<IReadOnlyCollection<string>> OutcomesAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        var outcomes = new List<string>();
        foreach (var order in _orders)
            outcomes.Add(await _shop.OutcomeAsync(order));
        return outcomes;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _sending;
        _stop.Dispose();
    }

    private async Task SendAllAsync()
    {
        using var timer = new PeriodicTimer(s_interval);
        var open = new List<Task>();
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                open.RemoveAll(t => t.IsCompleted);
                open.Add(SendAsync(_sent++));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task SendAsync(int number)
    {
        var what = (number % 4) switch { 0 => "order", 1 => "", _ => "api/products?pageSize=5" };
        try
        {
            using var response = what == "order"
                ? await _shop.PostOrderAsync()
                : await _shop.Http.GetAsync(what, TestContext.Current.CancellationToken);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (!response.IsSuccessStatusCode)
                _failures.Add($"{DateTime.UtcNow:HH:mm:ss.f} {what}: {(int)response.StatusCode} {body[..Math.Min(body.Length, 200)]}");
            else if (what == "order")
                _orders.Add(ShopClient.IdOf(body));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            _failures.Add($"{DateTime.UtcNow:HH:mm:ss.f} {what}: {e.Message}");
        }
    }
}
