using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Xunit;

namespace Shop.Tests;

/// <summary>What a service gave up is seen and sent back by those who run the shop.</summary>
public sealed class DeadLetters(ShopFixture shop) : ShopTest(shop)
{
    [Theory]
    [InlineData("inventory")]
    [InlineData("ordering")]
    public async Task A_service_tells_its_dead_letters_and_the_dashboard_replays_them(string service)
    {
        using var inside = Shop.App.CreateHttpClient(service);
        var report = await inside.GetFromJsonAsync<JsonElement>($"/messaging/{service}/dead-letters", Cancelled);
        Assert.Equal($"{service}.dead", report.GetProperty("queue").GetString());

        var result = await Shop.App.ResourceCommands.ExecuteCommandAsync(Shop.Instances(service)[0].ResourceId, "replay", Cancelled);

        Assert.True(result.Success, result.Message);
        Assert.Contains("back in the queue", result.Message, StringComparison.Ordinal);
    }
}
