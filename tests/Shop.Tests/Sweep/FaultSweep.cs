using Xunit;

namespace Shop.Tests.Sweep;

/// <summary>Some kills, before every push.</summary>
public class FaultSweep(ShopFixture shop) : SweepTest(shop)
{
    [Fact]
    public Task Whatever_dies_no_accepted_order_is_lost_doubled_or_stuck_and_the_books_balance() => SweepAsync(kills: 6);
}
