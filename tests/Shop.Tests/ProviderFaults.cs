using System.Collections.Concurrent;
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
    public async Task More_charges_than_a_slow_provider_is_asked_at_once_are_asked_in_their_order_and_once()
    {
        // More than payment asks for at once (ProviderCalls), each for 5 s.
        const int Count = 700, AtOnce = 512;
        var orders = new ConcurrentBag<Guid>();
        await Shop.KillAsync("payment", Cancelled);
        await Parallel.ForAsync(0, Count, Cancelled, async (_, cancellation) =>
            orders.Add((await Gateway.PlaceAsync(ShopApi.OrderOf((27, 1)).PaidWith("tok_slow"), cancellation)).Id));
        // Now they come all at once.
        await Shop.CommandAsync("payment", KnownResourceCommands.StartCommand, Cancelled);
        foreach (var order in orders)
            Assert.Equal("Confirmed", (await Gateway.WaitForOutcomeAsync(order, Cancelled)).Status);

        var books = new Books(Shop);
        var asked = (await books.ProviderCallsAsync(Cancelled)).ToDictionary(c => c.Order);
        var charges = (await books.ChargesAsync(Cancelled)).Where(charge => asked.ContainsKey(charge.Order) && orders.Contains(charge.Order))
            // Those of one transaction have the same time.
            .OrderBy(c => c.At).ThenBy(c => c.Order).ToList();
        Assert.Equal(Count, charges.Count);
        Assert.All(charges, charge => Assert.Equal(1, asked[charge.Order].Attempts));
        // Those that had to wait were asked after those that came well before them.
        var first = charges.Take(AtOnce - 100).Max(charge => asked[charge.Order].At);
        Assert.All(charges.Skip(AtOnce + 100), charge => Assert.True(asked[charge.Order].At > first, $"{charge.Order} was asked before older charges."));
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
