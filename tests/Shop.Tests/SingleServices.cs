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
        await Shop.KillAsync("inventory", Cancelled);

        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((12, 1)), Cancelled);
        await Shop.CommandAsync("inventory", KnownResourceCommands.StartCommand, Cancelled);

        Assert.Equal("Confirmed", (await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled)).Status);
    }

    [Fact]
    public async Task The_catalogue_answers_while_one_of_its_replicas_is_dead()
    {
        var victim = Shop.Instances("catalog")[0];
        Process.GetProcessById(RunningApplication.ProcessId(victim)).Kill();

        for (var i = 0; i < 20; i++)
        {
            using var response = await Gateway.GetAsync("/api/products", Cancelled);
            Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(Cancelled)}");
        }

        await Shop.CommandAsync(victim, KnownResourceCommands.RestartCommand, Cancelled);
        await Shop.WaitUntilHealthyAsync(["catalog"], Cancelled);
    }
}
