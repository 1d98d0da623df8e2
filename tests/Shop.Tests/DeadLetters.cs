using System.Net.Http.Json;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Shop.Tests.Sweep;
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

    [Theory]
    [InlineData("inventory", "stock.reserved", 2, "", "ordering", "there is no order")]
    [InlineData("ordering", "payment.requested", 1, ""","token":"tok_ok","amount":-5,"currency":"EUR" """, "payment", "violates its contract")]
    public async Task An_event_that_cannot_be_true_is_a_dead_letter_with_its_reason(string sender, string type, int version, string data, string receiver, string reason)
    {
        var order = Guid.NewGuid();
        await new Books(Shop).CommitEventAsync(sender, type, $$"""
            {"specversion":"1.0","id":"{{order}}","source":"/{{sender}}","type":"{{type}}","dataschema":"urn:msa-aspire:schema:{{type}}:v{{version}}","data":{"orderId":"{{order}}"{{data}}} }
            """, Cancelled);

        using var inside = Shop.App.CreateHttpClient(Shop.Shape.ServiceOf(receiver));
        var report = await Eventually.IsAsync(
            () => inside.GetStringAsync($"/messaging/{receiver}/dead-letters", Cancelled), text => text.Contains(order.ToString(), StringComparison.Ordinal));
        Assert.Contains(reason, report, StringComparison.Ordinal);
    }
}
