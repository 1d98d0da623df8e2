using System.Collections.Concurrent;
using System.Net.Http.Json;

namespace Shop.Tests.Sweep;

/// <summary>Customers who do not give up: each repeats its order, with the same key, until the shop has accepted it.</summary>
internal sealed class SweepLoad(HttpClient gateway, int seed)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(100), s_requestLimit = TimeSpan.FromSeconds(25);

    /// <summary>Order ids by idempotency key, as the shop answered.</summary>
    public ConcurrentDictionary<string, Guid> Accepted { get; } = new();

    /// <summary>Runs so many customers, who order one after the other, until <paramref name="closing"/>; the orders begun by then are seen through.</summary>
    public Task RunAsync(int customers, CancellationToken closing, CancellationToken cancellation) =>
        Task.WhenAll(Enumerable.Range(0, customers).Select(customer => RunCustomerAsync(new Random(seed + customer), customer, closing, cancellation)));

    private async Task RunCustomerAsync(Random random, int customer, CancellationToken closing, CancellationToken cancellation)
    {
        using var pause = new PeriodicTimer(s_pause);
        for (var i = 0; !closing.IsCancellationRequested; i++)
        {
            var token = random.Next(10) switch { 0 => "tok_declined", 1 => "tok_flaky", _ => "tok_ok" };
            var order = ShopApi.OrderOf((random.Next(1, 20), random.Next(1, 4)), (random.Next(20, 40), 1)).PaidWith(token);
            await OrderAsync(order, $"sweep-{seed}-{customer}-{i}", pause, cancellation);
            await pause.WaitForNextTickAsync(cancellation);
        }
    }

    private async Task OrderAsync(NewOrder order, string key, PeriodicTimer pause, CancellationToken cancellation)
    {
        while (true)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(s_requestLimit);
            try
            {
                using var response = await gateway.PostOrderAsync(order, key, limit.Token);
                if (response.IsSuccessStatusCode)
                {
                    Accepted[key] = (await response.Content.ReadFromJsonAsync<Order>(limit.Token))!.Id;
                    return;
                }

                if ((int)response.StatusCode is < 500 and not 429)
                    throw new InvalidOperationException($"Order {key} was refused: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(limit.Token)}");
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or IOException)
            {
                // Whether it was accepted is not known; the key tells, next time.
            }

            await pause.WaitForNextTickAsync(cancellation);
        }
    }
}
