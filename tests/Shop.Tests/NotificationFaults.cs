using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Shop.Tests;

/// <summary>What the readers of events miss while what they come from is away: nothing.</summary>
public sealed class NotificationFaults(ShopFixture shop) : EventStreams(shop)
{
    [Fact]
    public async Task Killed_and_started_again_it_tells_what_happened_meanwhile()
    {
        await Shop.KillAsync("notifications", Cancelled);
        var meanwhile = await PlaceRejectedAsync();

        await Shop.CommandAsync("notifications", KnownResourceCommands.StartCommand, Cancelled);
        await Shop.WaitUntilHealthyAsync(["notifications"], Cancelled);

        Assert.Equal(["Submitted", "Rejected"], (await ReadAsync(meanwhile.Id)).Select(e => e.Status));
        var next = await Gateway.PlaceAsync(ShopApi.OrderOf((18, 1)).PaidWith("tok_slow"), Cancelled);
        Assert.Equal(["Submitted", "Reserved", "Confirmed"], (await ReadAsync(next.Id)).Select(e => e.Status));
    }

    [Fact]
    public async Task A_stream_outlives_the_broker_and_misses_nothing()
    {
        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((18, 1)).PaidWith("tok_slow"), Cancelled);
        var reading = ReadAsync(placed.Id);

        await Shop.KillAsync("broker", Cancelled);
        await Shop.CommandAsync("broker", KnownResourceCommands.RestartCommand, Cancelled);

        Assert.Equal(["Submitted", "Reserved", "Confirmed"], (await reading).Select(e => e.Status));
        await Shop.WaitUntilHealthyAsync(Cancelled);
    }
}
