using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Benchmarks.Checkout;

/// <summary>Sends orders to the gateway: one to three of the products that never run short, paid with a token that works.</summary>
internal sealed class Customers : IDisposable
{
    private const int Products = 46, Bodies = 1000;

    private static readonly MediaTypeHeaderValue s_json = new("application/json");

    private readonly HttpClient _http;
    private readonly byte[][] _bodies;

    public Customers(Uri gateway, int seed)
    {
        _http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256, UseCookies = false }) { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(30) };
        var random = new Random(seed);
        _bodies = [.. Enumerable.Range(0, Bodies).Select(i => JsonSerializer.SerializeToUtf8Bytes(new
        {
            customer = $"Customer {i}",
            items = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.Next(1, Products + 1)).Distinct()
                .Select(p => new { productId = p, quantity = random.Next(1, 4) }).ToList(),
            payment = new { token = "tok_ok" },
        }))];
    }

    public async Task OrderAsync(int number, long due, Orders orders, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = new ByteArrayContent(_bodies[number % Bodies]) };
            request.Content.Headers.ContentType = s_json;
            request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString("N"));
            using var response = await _http.SendAsync(request, cancellation);
            if (response.StatusCode == HttpStatusCode.Accepted && Guid.TryParse(response.Headers.Location?.ToString().Split('/')[^1], out var order))
                orders.Answered(order, due);
            else
                orders.Failed($"{(int)response.StatusCode}");
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            orders.Failed(e.GetType().Name);
        }
    }

    /// <summary>Whether the shop says that the order is final; no when it does not say.</summary>
    public async Task<bool> IsFinalAsync(Guid order, CancellationToken cancellation)
    {
        try
        {
            using var answer = JsonDocument.Parse(await _http.GetStringAsync($"/api/orders/{order}", cancellation));
            return answer.RootElement.GetProperty("status").GetString() is "Confirmed" or "Rejected" or "Cancelled";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose() => _http.Dispose();
}
