using Xunit;

namespace Shop.Tests;

/// <summary>The shop with its servers in containers, where there is an engine to run them.</summary>
public sealed class Containers
{
    private static readonly TimeSpan s_buildLimit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task With_servers_in_containers_an_order_is_confirmed_and_nothing_is_left_behind()
    {
        var problem = await Docker.FindProblemAsync(TestImages.Postgres, TestImages.RabbitMQ);
        Assert.SkipWhen(problem is not null, problem ?? "");
        var before = await Docker.ListAsync();

        await using (var shop = await RunningShop.StartAsync(Shape.Microservices, dashboard: true, Cancelled, "--Backing", "container"))
        {
            Assert.All(["postgres", "broker"], server => Assert.Contains(shop.Instances(server).Single().Snapshot.Properties, p => p is { Name: "container.id", Value: not null }));

            var placed = await shop.Gateway.PlaceAsync(ShopApi.OrderOf((15, 2)), Cancelled);
            Assert.Equal("Confirmed", (await shop.Gateway.WaitForOutcomeAsync(placed.Id, Cancelled)).Status);
        }

        // The containers in which others build images come and go; what the shop left would stay.
        await Eventually.IsAsync(async () => string.Join(", ", (await Docker.ListAsync()).Except(before)), left => left == "", s_buildLimit);
    }

    [Fact]
    public async Task Without_an_engine_the_AppHost_says_so_and_ends_at_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has left is looked up in /proc, which only Linux has.");
        await using var appHost = AppHostProcess.StartShop("--Backing", "container", "--ASPIRE_CONTAINER_RUNTIME", "no-such-engine");

        Assert.NotEqual(0, await appHost.ExitCodeAsync(TimeSpan.FromSeconds(30)));
        await appHost.UntilAsync(
            "the reason and what to do", TimeSpan.FromSeconds(2),
            () => appHost.Output.Contains("cannot run as a container (Backing=container): no-such-engine is not on PATH. Start a container engine", StringComparison.Ordinal));
        await appHost.UntilAsync("no process left", TimeSpan.FromSeconds(12), () => appHost.Family().Count == 0);
    }
}
