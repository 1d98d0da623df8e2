using Aspire.Hosting.Testing;
using Xunit;

namespace Shop.Tests;

public sealed class BrokerOutage(ShopFixture shop) : OutageTest(shop)
{
    [Fact]
    public async Task Orders_are_accepted_without_the_broker_and_finished_when_it_is_back()
    {
        var accepted = new List<Guid>();
        var ready = new List<string>();
        using var ordering = Shop.App.CreateHttpClient("ordering");
        await DuringOutageAsync("broker", async () =>
        {
            accepted.Add((await Gateway.PlaceAsync(ShopApi.OrderOf((13, 1)), Cancelled)).Id);
            using var health = await ordering.GetAsync("/health", Cancelled);
            ready.Add($"{health.StatusCode} {(await health.Content.ReadAsStringAsync(Cancelled)).Split('\n')[0]}");
        });

        // A service without the broker keeps its traffic.
        Assert.All(ready, answer => Assert.StartsWith("OK", answer, StringComparison.Ordinal));
        Assert.Contains("OK Degraded", ready);

        Assert.True(accepted.Count > Outage.TotalSeconds / 3, $"Only {accepted.Count} orders in {Outage.TotalSeconds:0} s.");
        foreach (var id in accepted)
        {
            Assert.Equal("Confirmed", (await Gateway.WaitForOutcomeAsync(id, Cancelled)).Status);
        }
    }
}
