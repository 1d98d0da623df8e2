using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Shop.Tests;

public sealed class Deadline
{
    [Fact]
    public async Task An_order_that_nobody_decides_is_cancelled_and_a_late_decision_changes_nothing()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var shop = await RunningShop.StartAsync(cancelled, "--Ordering:Deadline", "00:00:10");
        var before = await shop.Gateway.StockOfAsync(3, cancelled);
        var inventory = shop.Instances("inventory").Single().ResourceId;
        var stopped = await shop.App.ResourceCommands.ExecuteCommandAsync(inventory, KnownResourceCommands.StopCommand, cancelled);
        Assert.True(stopped.Success, stopped.Message);

        var placed = await shop.Gateway.PlaceAsync(ShopApi.OrderOf((3, 2)), cancelled);
        var order = await shop.Gateway.WaitForOutcomeAsync(placed.Id, cancelled);
        Assert.Equal(["Submitted", "Cancelled"], order.History.Select(h => h.Status));
        Assert.Equal("not finished within 10 s", order.Reason);

        var started = await shop.App.ResourceCommands.ExecuteCommandAsync(inventory, KnownResourceCommands.StartCommand, cancelled);
        Assert.True(started.Success, started.Message);
        await shop.WaitUntilHealthyAsync(["inventory"], cancelled);
        // Inventory has dealt with both events of that order when it has dealt with a later one.
        var later = await shop.Gateway.PlaceAsync(ShopApi.OrderOf((4, 1)), cancelled);
        Assert.Equal("Confirmed", (await shop.Gateway.WaitForOutcomeAsync(later.Id, cancelled)).Status);
        Assert.Equal(before, await shop.Gateway.StockOfAsync(3, cancelled));
        Assert.Equal("Cancelled", (await shop.Gateway.OrderAsync(placed.Id, cancelled)).Status);
    }
}
