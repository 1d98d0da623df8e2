namespace Shop.Tests.Sweep;

/// <summary>Each step of each module once, and each part.</summary>
public sealed class FaultSweep(ShopFixture shop) : SweepTest(shop)
{
    [LongFact]
    public Task Whatever_dies_no_accepted_order_is_lost_doubled_or_stuck_and_the_books_balance() => SweepAsync(kills: 42);
}
