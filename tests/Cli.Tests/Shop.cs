using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Cli.Tests;

/// <summary>What tests ask a running shop.</summary>
internal static class Shop
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The resources as <c>describe</c> shows them.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ResourcesAsync(this Home home) =>
        [.. (await home.JsonAsync("describe")).GetProperty("resources").EnumerateArray()];

    /// <summary>The name of a resource in the model, which its replicas share.</summary>
    public static string Name(this JsonElement resource) => resource.Text("displayName")!;

    /// <summary>Null where it is not told.</summary>
    public static string? Text(this JsonElement resource, string property) =>
        resource.TryGetProperty(property, out var value) ? value.GetString() : null;

    /// <summary>Places an order, as a part of a trace.</summary>
    public static async Task<Guid> OrderAsync(this Home home, string? trace = null)
    {
        var gateway = (await home.ResourcesAsync()).Single(r => r.Name() == "gateway");
        var address = gateway.GetProperty("urls").EnumerateArray().First().GetProperty("url").GetString()!;
        using var client = new HttpClient { BaseAddress = new(address), Timeout = s_limit };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Content = JsonContent.Create(new
            {
                customer = "Ada", items = new[] { new { productId = 1, quantity = 1 } }, payment = new { token = "tok_ok" },
            }),
            Headers = { { "Idempotency-Key", $"{Guid.NewGuid()}" }, { "traceparent", $"00-{trace ?? Guid.NewGuid().ToString("N")}-00f067aa0ba902b7-01" } },
        };
        using var answer = await client.SendAsync(request, Cancelled);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("id").GetGuid();
    }

    /// <summary>Looks again until it is so; fails with what there was last.</summary>
    public static async Task UntilAsync(this Home _, string what, Func<Task<(bool Reached, string Seen)>> look)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(200, Cancelled))
        {
            var (reached, seen) = await look();
            if (reached)
                return;
            Assert.True(clock.Elapsed < s_limit, $"Waited {s_limit.TotalSeconds:0} s for: {what}. There was:\n{seen}");
        }
    }
}
