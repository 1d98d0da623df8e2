namespace Shop.Tests.Sweep;

/// <summary>In the long tier a few kills; SWEEP_KILLS=300 is the long form.</summary>
public sealed class FaultSweep(ShopFixture shop) : SweepTest(shop)
{
    [LongFact]
    public Task Whatever_dies_no_accepted_order_is_lost_doubled_or_stuck_and_the_books_balance() => SweepAsync(kills: 12);
}
