using Aspire.Hosting.ApplicationModel;
using Shop.Tests.Sweep;
using Xunit;

namespace Shop.Tests;

/// <summary>A payment provider of which it is not known whether it has charged. Payment is the same module in both shapes.</summary>
public sealed class ProviderFaults(ShopFixture shop) : ShopTest(shop)
{
    /// <summary>Six attempts of 10 s, and the delays between them.</summary>
    private static readonly TimeSpan s_attemptsLimit = TimeSpan.FromSeconds(120);

    [LongFact]
    public async Task An_attempt_that_timed_out_after_it_had_charged_confirms_the_order_and_charges_once()
    {
        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((25, 1)).PaidWith("tok_late"), Cancelled);
        var order = await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled);
        Assert.Equal("Confirmed", order.Status);
        var books = new Books(Shop);
        Assert.Equal(("charged", "Charged"), (await books.ProviderPaymentAsync(order.Id, Cancelled), await books.ChargeAsync(order.Id, Cancelled)));
    }

    [LongFact]
    public async Task A_provider_that_answers_no_attempt_ends_the_order_only_when_it_has_confirmed_that_nothing_is_charged()
    {
        var books = new Books(Shop);
        await Shop.KillAsync("payment-provider", Cancelled);
        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((26, 1)), Cancelled);
        await Eventually.IsAsync(() => books.ChargeAsync(placed.Id, Cancelled), charge => charge == "Voiding", s_attemptsLimit);
        Assert.Equal("Reserved", (await Gateway.OrderAsync(placed.Id, Cancelled)).Status);

        await Shop.CommandAsync("payment-provider", KnownResourceCommands.StartCommand, Cancelled);
        await Shop.WaitUntilHealthyAsync(["payment-provider"], Cancelled);
        var order = await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled);

        Assert.Equal(("Cancelled", "payment-unavailable"), (order.Status, order.ReasonCode));
        Assert.Contains(await books.ProviderPaymentAsync(order.Id, Cancelled), (string[])["refunded", "void"]);
    }
}
