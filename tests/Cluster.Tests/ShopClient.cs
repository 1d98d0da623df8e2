using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Cluster.Tests;

/// <summary>The shop as its customers see it.</summary>
/// <param name="http">With the gateway's address; a relative path is added to it.</param>
internal sealed class ShopClient(HttpClient http)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60), s_poll = TimeSpan.FromMilliseconds(200);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public HttpClient Http => http;

    public async Task<HttpResponseMessage> PostOrderAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/orders")
        {
            Content = JsonContent.Create(new
            {
                customer = "Ada",
                items = new[] { new { productId = 1, quantity = 1 } },
                payment = new { token = "tok_ok" },
            }),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        return await http.SendAsync(request, Cancelled);
    }

    /// <summary>Places an order that must be accepted.</summary>
    public async Task<string> PlaceAsync()
    {
        using var response = await PostOrderAsync();
        var body = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {body}");
        return IdOf(body);
    }

    /// <summary>Asks until the order has its final status.</summary>
    public async Task<string> OutcomeAsync(string id)
    {
        var deadline = DateTime.UtcNow + s_limit;
        while (true)
        {
            using var order = JsonDocument.Parse(await http.GetStringAsync($"api/orders/{id}", Cancelled));
            var status = order.RootElement.GetProperty("status").GetString()!;
            if (status is "Confirmed" or "Rejected" or "Cancelled")
                return status;
            Assert.True(DateTime.UtcNow < deadline, $"The order {id} is still {status} after {s_limit.TotalSeconds:0} s.");
            await Task.Delay(s_poll, Cancelled);
        }
    }

    public static string IdOf(string order) => JsonDocument.Parse(order).RootElement.GetProperty("id").GetString()!;
}
