using Shop.Tests.Sweep;
using Xunit;

namespace Shop.Tests;

public sealed class Deadline
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_that_takes_too_long_is_cancelled_and_what_was_charged_late_is_given_back()
    {
        // The slow card takes 5 s.
        await using var shop = await RunningShop.StartAsync(Cancelled, "--Ordering:Deadline", "00:00:03");
        var before = await shop.Gateway.StockOfAsync(3, Cancelled);

        var placed = await shop.Gateway.PlaceAsync(ShopApi.OrderOf((3, 2)).PaidWith("tok_slow"), Cancelled);
        var order = await shop.Gateway.WaitForOutcomeAsync(placed.Id, Cancelled);
        Assert.Equal(["Submitted", "Reserved", "Cancelled"], order.History.Select(h => h.Status));
        Assert.Equal("not finished within 3 s", order.Reason);

        await RefundedAsync(new(shop), placed.Id);
        Assert.Equal(before, await shop.Gateway.StockOfAsync(3, Cancelled));
        Assert.Equal("Cancelled", (await shop.Gateway.OrderAsync(placed.Id, Cancelled)).Status);
    }

    private static async Task RefundedAsync(Books books, Guid order)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(s_limit);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await books.ChargeAsync(order, limit.Token) != "Refunded")
            await poll.WaitForNextTickAsync(limit.Token);
    }
}
