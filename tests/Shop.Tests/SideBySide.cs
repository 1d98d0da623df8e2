using Xunit;

namespace Shop.Tests;

public sealed class SideBySide(ShopFixture shop) : ShopTest(shop)
{
    [Fact]
    public async Task A_second_shop_runs_beside_the_first_and_shares_nothing_with_it()
    {
        var before = await Gateway.StockOfAsync(13, Cancelled);
        await using var other = await RunningShop.StartAsync(Cancelled);

        var placed = await other.Gateway.PlaceAsync(ShopApi.OrderOf((13, 5)), Cancelled);

        Assert.Equal("Confirmed", (await other.Gateway.WaitForOutcomeAsync(placed.Id, Cancelled)).Status);
        Assert.Equal(before, await Gateway.StockOfAsync(13, Cancelled));
        Assert.Equal("Confirmed", (await Gateway.WaitForOutcomeAsync((await Gateway.PlaceAsync(ShopApi.OrderOf((14, 1)), Cancelled)).Id, Cancelled)).Status);
    }
}
