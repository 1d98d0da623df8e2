using MsaAspire.Testing;
using Shop.Tests.Sweep;

namespace Monolith.Tests;

/// <summary>A short one; Shop.Tests has more kills.</summary>
public sealed class FaultSweep(MonolithFixture shop) : SweepTest(shop)
{
    [LongFact]
    public Task Whatever_dies_no_accepted_order_is_lost_doubled_or_stuck_and_the_books_balance() => SweepAsync(kills: 4);
}
