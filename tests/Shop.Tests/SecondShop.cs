using Aspire.Hosting.ApplicationModel;
using Shop.Tests.Sweep;
using Xunit;

namespace Shop.Tests;

/// <summary>A shop beside the first one, in which an order that takes too long is cancelled after seconds.</summary>
public sealed class ImpatientShop : ShopFixture
{
    /// <summary>Less than the slow card takes, which is 5 s, and enough for any other order.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4);

    protected override bool Dashboard => false;

    protected override string[] Arguments => ["--Ordering:Deadline", $"{Deadline}"];
}

public sealed class SecondShop(ShopFixture first, ImpatientShop second) : ShopTest(second), IClassFixture<ImpatientShop>
{
    private static readonly string s_reason = $"not finished within {ImpatientShop.Deadline.TotalSeconds:0} s";

    /// <summary>The delays between attempts grow to 30 s.</summary>
    private static readonly TimeSpan s_providerLimit = TimeSpan.FromSeconds(60);

    [LongFact]
    public async Task It_runs_beside_the_first_and_shares_nothing_with_it()
    {
        var before = await first.Gateway.StockOfAsync(13, Cancelled);

        // The first orders of a fresh shop may take too long for it.
        await Eventually.IsAsync(() => OutcomeOfAsync(ShopApi.OrderOf((13, 5))), outcome => outcome == "Confirmed");

        Assert.Equal(before, await first.Gateway.StockOfAsync(13, Cancelled));
        var theirs = await first.Gateway.PlaceAsync(ShopApi.OrderOf((14, 1)), Cancelled);
        Assert.Equal("Confirmed", (await first.Gateway.WaitForOutcomeAsync(theirs.Id, Cancelled)).Status);
    }

    [LongFact]
    public void Without_a_dashboard_no_service_is_told_to_send_telemetry()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The environment of a process is looked up in /proc, which only Linux has.");
        Assert.All(Shop.Shape.Services.Append("notifications"), service =>
            Assert.All(Shop.Instances(service), replica => Assert.DoesNotContain("OTEL_EXPORTER_OTLP_ENDPOINT", File.ReadAllText($"/proc/{RunningApplication.ProcessId(replica)}/environ"), StringComparison.Ordinal)));
    }

    [LongFact]
    public async Task An_order_that_takes_too_long_is_cancelled_and_what_was_charged_late_is_given_back()
    {
        var before = await Gateway.StockOfAsync(3, Cancelled);

        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((3, 2)).PaidWith("tok_slow"), Cancelled);
        var order = await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled);
        Assert.Equal(["Submitted", "Reserved", "Cancelled"], order.History.Select(h => h.Status));
        Assert.Equal(s_reason, order.Reason);

        var books = new Books(Shop);
        await Eventually.IsAsync(() => books.ChargeAsync(placed.Id, Cancelled), charge => charge is "Refunded" or "Void");
        Assert.Contains(await books.ProviderPaymentAsync(placed.Id, Cancelled), (string[])["refunded", "void"]);
        Assert.Equal(before, await Gateway.StockOfAsync(3, Cancelled));
        Assert.Equal("Cancelled", (await Gateway.OrderAsync(placed.Id, Cancelled)).Status);
    }

    [LongFact]
    public async Task What_was_charged_without_an_answer_is_refunded_when_the_order_is_cancelled_though_payment_is_killed()
    {
        var books = new Books(Shop);
        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((5, 1)).PaidWith("tok_late"), Cancelled);
        await Eventually.IsAsync(() => books.ProviderPaymentAsync(placed.Id, Cancelled), payment => payment == "charged");
        Assert.Equal("Cancelled", (await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled)).Status);

        await Shop.KillAsync("payment", Cancelled);
        await Shop.CommandAsync("payment", KnownResourceCommands.StartCommand, Cancelled);
        await Shop.WaitUntilHealthyAsync(["payment"], Cancelled);

        await Eventually.IsAsync(() => books.ProviderPaymentAsync(placed.Id, Cancelled), payment => payment == "refunded");
        await Eventually.IsAsync(() => books.ChargeAsync(placed.Id, Cancelled), charge => charge == "Refunded");
    }

    [LongFact]
    public async Task A_charge_that_was_cancelled_while_the_provider_is_dead_is_void_when_it_is_back()
    {
        var books = new Books(Shop);
        await Shop.KillAsync("payment-provider", Cancelled);
        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((5, 1)), Cancelled);
        Assert.Equal("Cancelled", (await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled)).Status);
        await Eventually.IsAsync(() => books.ChargeAsync(placed.Id, Cancelled), charge => charge == "Voiding");

        await Shop.CommandAsync("payment-provider", KnownResourceCommands.StartCommand, Cancelled);
        await Shop.WaitUntilHealthyAsync(["payment-provider"], Cancelled);

        // Whether an attempt reached the provider when it was back, or only the refund.
        await Eventually.IsAsync(() => books.ChargeAsync(placed.Id, Cancelled), charge => charge is "Void" or "Refunded", s_providerLimit);
        Assert.Contains(await books.ProviderPaymentAsync(placed.Id, Cancelled), (string[])["refunded", "void"]);
    }

    [LongFact]
    public async Task An_order_that_nobody_decides_is_cancelled_and_a_late_decision_changes_nothing()
    {
        var before = await Gateway.StockOfAsync(6, Cancelled);
        await Shop.CommandAsync("inventory", KnownResourceCommands.StopCommand, Cancelled);

        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((6, 2)), Cancelled);
        var order = await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled);
        Assert.Equal(["Submitted", "Cancelled"], order.History.Select(h => h.Status));
        Assert.Equal(s_reason, order.Reason);

        await Shop.CommandAsync("inventory", KnownResourceCommands.StartCommand, Cancelled);
        await Shop.WaitUntilHealthyAsync(["inventory"], Cancelled);
        // Inventory has dealt with both events of that order when it has dealt with a later one.
        await Eventually.IsAsync(() => OutcomeOfAsync(ShopApi.OrderOf((4, 1))), outcome => outcome == "Confirmed");
        Assert.Equal(before, await Gateway.StockOfAsync(6, Cancelled));
        Assert.Equal("Cancelled", (await Gateway.OrderAsync(placed.Id, Cancelled)).Status);
    }

    private async Task<string> OutcomeOfAsync(NewOrder order) =>
        (await Gateway.WaitForOutcomeAsync((await Gateway.PlaceAsync(order, Cancelled)).Id, Cancelled)).Status;
}
