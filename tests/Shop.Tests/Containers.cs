using Xunit;

namespace Shop.Tests;

/// <summary>The shop with its servers in containers, where there is an engine to run them.</summary>
public sealed class Containers
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_servers_in_containers_an_order_is_reserved_and_nothing_is_left_behind()
    {
        var problem = await Docker.FindProblemAsync(["postgres:18.3", "rabbitmq:4.3-management"], Cancelled);
        Assert.SkipWhen(problem is not null, problem ?? "");
        var before = await Docker.ListAsync(Cancelled);

        await using (var shop = await RunningShop.StartAsync(Cancelled, "--Backing", "container"))
        {
            Assert.All(["postgres", "broker"], server => Assert.Contains(shop.Instances(server).Single().Snapshot.Properties, p => p is { Name: "container.id", Value: not null }));

            var placed = await shop.Gateway.PlaceAsync(ShopApi.OrderOf((15, 2)), Cancelled);
            Assert.Equal("Reserved", (await shop.Gateway.WaitForOutcomeAsync(placed.Id, Cancelled)).Status);
        }

        Assert.Empty((await Docker.ListAsync(Cancelled)).Except(before));
    }
}
