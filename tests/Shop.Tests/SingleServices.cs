using System.Diagnostics;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Shop.Tests;

/// <summary>What one service, or one replica of it, may do while the others go on: only a shop of many services can show that.</summary>
public sealed class SingleServices(ShopFixture shop) : ShopTest(shop)
{
    [Fact]
    public async Task An_order_placed_while_inventory_is_dead_is_confirmed_when_it_is_back()
    {
        Process.GetProcessById(Shop.ProcessId("inventory")).Kill();
        await Shop.App.ResourceNotifications.WaitForResourceAsync("inventory", KnownResourceStates.TerminalStates, Cancelled);

        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((12, 1)), Cancelled);
        var started = await Shop.App.ResourceCommands.ExecuteCommandAsync(Shop.Instances("inventory").Single().ResourceId, KnownResourceCommands.StartCommand, Cancelled);
        Assert.True(started.Success, started.Message);

        Assert.Equal("Confirmed", (await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled)).Status);
    }

    [Fact]
    public async Task The_catalogue_answers_while_one_of_its_replicas_is_dead()
    {
        var victim = Shop.Instances("catalog")[0];
        Process.GetProcessById(Convert.ToInt32(victim.Snapshot.Properties.Single(p => p.Name == "executable.pid").Value, provider: null)).Kill();

        for (var i = 0; i < 20; i++)
        {
            using var response = await Gateway.GetAsync("/api/products", Cancelled);
            Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(Cancelled)}");
        }

        var restarted = await Shop.App.ResourceCommands.ExecuteCommandAsync(victim.ResourceId, KnownResourceCommands.RestartCommand, Cancelled);
        Assert.True(restarted.Success, restarted.Message);
        await Shop.WaitUntilHealthyAsync(["catalog"], Cancelled);
    }

    [Fact]
    public async Task An_order_that_nobody_decides_is_cancelled_and_a_late_decision_changes_nothing()
    {
        await using var impatient = await RunningShop.StartAsync(Cancelled, "--Ordering:Deadline", "00:00:10");
        var before = await impatient.Gateway.StockOfAsync(3, Cancelled);
        var inventory = impatient.Instances("inventory").Single().ResourceId;
        var stopped = await impatient.App.ResourceCommands.ExecuteCommandAsync(inventory, KnownResourceCommands.StopCommand, Cancelled);
        Assert.True(stopped.Success, stopped.Message);

        var placed = await impatient.Gateway.PlaceAsync(ShopApi.OrderOf((3, 2)), Cancelled);
        var order = await impatient.Gateway.WaitForOutcomeAsync(placed.Id, Cancelled);
        Assert.Equal(["Submitted", "Cancelled"], order.History.Select(h => h.Status));
        Assert.Equal("not finished within 10 s", order.Reason);

        var started = await impatient.App.ResourceCommands.ExecuteCommandAsync(inventory, KnownResourceCommands.StartCommand, Cancelled);
        Assert.True(started.Success, started.Message);
        await impatient.WaitUntilHealthyAsync(["inventory"], Cancelled);
        // Inventory has dealt with both events of that order when it has dealt with a later one.
        var later = await impatient.Gateway.PlaceAsync(ShopApi.OrderOf((4, 1)), Cancelled);
        Assert.Equal("Confirmed", (await impatient.Gateway.WaitForOutcomeAsync(later.Id, Cancelled)).Status);
        Assert.Equal(before, await impatient.Gateway.StockOfAsync(3, Cancelled));
        Assert.Equal("Cancelled", (await impatient.Gateway.OrderAsync(placed.Id, Cancelled)).Status);
    }
}
