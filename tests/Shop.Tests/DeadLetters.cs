using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Xunit;

namespace Shop.Tests;

/// <summary>What a service gave up is seen and sent back by those who run the shop, and by nobody else.</summary>
public sealed class DeadLetters(ShopFixture shop) : ShopTest(shop)
{
    [Theory]
    [InlineData("inventory")]
    [InlineData("ordering")]
    public async Task A_service_tells_its_dead_letters_and_the_dashboard_replays_them(string service)
    {
        using var inside = Shop.App.CreateHttpClient(service);
        var report = await inside.GetFromJsonAsync<JsonElement>("/messaging/dead-letters", Cancelled);
        Assert.Equal($"{service}.dead", report.GetProperty("queue").GetString());

        var result = await Shop.App.ResourceCommands.ExecuteCommandAsync(Shop.Instances(service)[0].ResourceId, "replay", Cancelled);

        Assert.True(result.Success, result.Message);
        Assert.Contains("back in the queue", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/messaging/dead-letters")]
    [InlineData("POST", "/messaging/dead-letters/replay")]
    [InlineData("POST", "/api/orders/messaging/dead-letters/replay")]
    public async Task The_gateway_leads_nobody_there(string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var response = await Gateway.SendAsync(request, Cancelled);
        Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{response.StatusCode}");
    }
}
