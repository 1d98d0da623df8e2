using System.Diagnostics;
using System.Net.Http.Json;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Shop.Tests;

/// <summary>What <c>kill -9</c> of one part does, and that the restart command brings it back with its data.</summary>
public sealed class Faults(ShopFixture shop) : ShopTest(shop)
{
    [Theory]
    [InlineData("inventory", "inventory")]
    [InlineData("payment", "payment")]
    [InlineData("broker", "broker-process")]
    [InlineData("postgres", "postgres-process")]
    public async Task A_killed_part_shows_in_its_state_and_comes_back_with_its_data(string resource, string process)
    {
        var kept = await Gateway.WaitForOutcomeAsync((await Gateway.PlaceAsync(ShopApi.OrderOf((11, 1)), Cancelled)).Id, Cancelled);
        var stock = await Gateway.StockOfAsync(11, Cancelled);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(60));

        Process.GetProcessById(Shop.ProcessId(process)).Kill();
        await Shop.App.ResourceNotifications.WaitForResourceAsync(resource, e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text), limit.Token);

        var restarted = await Shop.App.ResourceCommands.ExecuteCommandAsync(Shop.Instances(resource).Single().ResourceId, KnownResourceCommands.RestartCommand, limit.Token);
        Assert.True(restarted.Success, restarted.Message);
        await Shop.WaitUntilHealthyAsync([resource, "catalog", "inventory", "ordering", "payment", "gateway"], limit.Token);

        Assert.Equal(stock, await Gateway.StockOfAsync(11, Cancelled));
        Assert.Equal("Confirmed", (await Gateway.GetFromJsonAsync<Order>($"/api/orders/{kept.Id}", Cancelled))!.Status);
        var next = await Gateway.WaitForOutcomeAsync((await Gateway.PlaceAsync(ShopApi.OrderOf((11, 1)), Cancelled)).Id, Cancelled);
        Assert.Equal("Confirmed", next.Status);
    }

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
}
