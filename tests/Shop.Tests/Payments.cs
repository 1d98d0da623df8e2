using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Shop.Tests;

/// <summary>The test cards of the shop, and what becomes of an order whose payment fails or stays away.</summary>
public class Payments(ShopFixture shop) : ShopTest(shop)
{
    [Fact]
    public async Task A_declined_card_cancels_the_order_and_releases_its_stock()
    {
        var before = await Gateway.StockOfAsync(21, Cancelled);

        var order = await EndOf(ShopApi.OrderOf((21, 4)).PaidWith("tok_declined"));

        Assert.Equal(("Cancelled", "the card was declined", "card-declined"), (order.Status, order.Reason, order.ReasonCode));
        Assert.Equal(["Submitted", "Reserved", "Cancelled"], order.History.Select(h => h.Status));
        await Eventually.IsAsync(() => Gateway.StockOfAsync(before.ProductId, Cancelled), now => now == before);
    }

    [Theory]
    [InlineData("tok_slow")]
    [InlineData("tok_flaky")]
    public async Task A_provider_that_takes_its_time_or_fails_at_first_confirms_in_the_end(string token) =>
        Assert.Equal("Confirmed", (await EndOf(ShopApi.OrderOf((22, 1)).PaidWith(token))).Status);

    [Fact]
    public async Task A_slow_card_holds_up_no_other_order()
    {
        var slow = await Gateway.PlaceAsync(ShopApi.OrderOf((23, 1)).PaidWith("tok_slow"), Cancelled);

        Assert.Equal("Confirmed", (await EndOf(ShopApi.OrderOf((23, 1)))).Status);
        Assert.Equal("Reserved", (await Gateway.OrderAsync(slow.Id, Cancelled)).Status);
        Assert.Equal("Confirmed", (await Gateway.WaitForOutcomeAsync(slow.Id, Cancelled)).Status);
    }

    [Fact]
    public async Task A_charge_under_way_when_payment_is_killed_is_taken_up_again()
    {
        var slow = await Gateway.PlaceAsync(ShopApi.OrderOf((24, 1)).PaidWith("tok_slow"), Cancelled);
        await Gateway.WaitForStatusAsync(slow.Id, order => order.Status == "Reserved", Cancelled);
        var payment = Shop.Shape.ServiceOf("payment");
        await Shop.KillAsync(payment, Cancelled);
        await Shop.CommandAsync(payment, KnownResourceCommands.StartCommand, Cancelled);
        await Shop.WaitUntilHealthyAsync([payment], Cancelled);

        // The dead process had it for 15 s.
        var order = await Gateway.WaitForStatusAsync(slow.Id, order => order.Status is not "Reserved", Cancelled);

        Assert.Equal(["Submitted", "Reserved", "Confirmed"], order.History.Select(h => h.Status));
    }

    private async Task<Order> EndOf(NewOrder order) => await Gateway.WaitForOutcomeAsync((await Gateway.PlaceAsync(order, Cancelled)).Id, Cancelled);
}
