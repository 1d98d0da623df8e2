using Shop.Tests.Sweep;
using Xunit;

namespace Monolith.Tests;

/// <summary>Some kills, before every push. The long tier has more of them, on the microservices.</summary>
public sealed class FaultSweep(MonolithFixture shop) : SweepTest(shop)
{
    [Fact]
    public Task Whatever_dies_no_accepted_order_is_lost_doubled_or_stuck_and_the_books_balance() => SweepAsync(kills: 4);
}
