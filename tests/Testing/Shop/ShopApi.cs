using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace MsaAspire.Testing.Shop;

public sealed record OrderLine(int ProductId, int Quantity);

public sealed record Payment(string Token);

public sealed record NewOrder(string Customer, IReadOnlyList<OrderLine> Items, Payment Payment);

public sealed record StatusChange(string Status, DateTimeOffset At);

public sealed record Order(
    Guid Id, string Customer, string Status, string? Reason, string? ReasonCode, IReadOnlyList<OrderLine> Items, decimal Total, string Currency, DateTimeOffset CreatedAt, IReadOnlyList<StatusChange> History);

public sealed record Product(int Id, string Name, string Description, decimal Price, string Currency);

public sealed record ProductPage(IReadOnlyList<Product> Items, int Page, int PageSize, int Total);

public sealed record Stock(int ProductId, int Available, int Reserved);

public sealed record Problem(string Type, string Title, int Status);

/// <summary>The shop as its customers see it, through the gateway.</summary>
public static class ShopApi
{
    private static readonly TimeSpan s_statusLimit = TimeSpan.FromSeconds(60);

    public static NewOrder OrderOf(params (int ProductId, int Quantity)[] lines) =>
        new("Ada Lovelace", [.. lines.Select(l => new OrderLine(l.ProductId, l.Quantity))], new Payment("tok_ok"));

    public static NewOrder PaidWith(this NewOrder order, string token) => order with { Payment = new Payment(token) };

    public static async Task<HttpResponseMessage> PostOrderAsync(this HttpClient gateway, object order, string? key, CancellationToken cancellationToken)
    {
        var body = order as string ?? JsonSerializer.Serialize(order, JsonSerializerOptions.Web);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await gateway.SendAsync(request, cancellationToken);
    }

    /// <summary>Posts an order that must be accepted.</summary>
    public static async Task<Order> PlaceAsync(this HttpClient gateway, NewOrder order, CancellationToken cancellationToken)
    {
        using var response = await gateway.PostOrderAsync(order, Guid.NewGuid().ToString("N"), cancellationToken);
        Assert.True(response.StatusCode == System.Net.HttpStatusCode.Accepted, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(cancellationToken)}");
        return (await response.Content.ReadFromJsonAsync<Order>(cancellationToken))!;
    }

    public static async Task<Order> OrderAsync(this HttpClient gateway, Guid id, CancellationToken cancellationToken) =>
        (await gateway.GetFromJsonAsync<Order>($"/api/orders/{id}", cancellationToken))!;

    /// <summary>Waits for the order's final status.</summary>
    public static Task<Order> WaitForOutcomeAsync(this HttpClient gateway, Guid id, CancellationToken cancellationToken) =>
        gateway.WaitForStatusAsync(id, order => order.Status is not ("Submitted" or "Reserved"), cancellationToken);

    /// <summary>Waits until the order is as wanted.</summary>
    public static async Task<Order> WaitForStatusAsync(this HttpClient gateway, Guid id, Func<Order, bool> wanted, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_statusLimit);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        Order? order = null;
        try
        {
            do
            {
                order = await gateway.OrderAsync(id, limit.Token);
            }
            while (!wanted(order) && await poll.WaitForNextTickAsync(limit.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Assert.Fail($"Order {id} is {order?.Status ?? "unknown"} after {s_statusLimit.TotalSeconds:0} s.");
        }

        return order!;
    }

    public static async Task<Stock> StockOfAsync(this HttpClient gateway, int productId, CancellationToken cancellationToken) =>
        (await gateway.GetFromJsonAsync<Stock>($"/api/stock/{productId}", cancellationToken))!;
}
