using System.Diagnostics;
using MsaAspire.Lab.Load;
using Xunit;

namespace Lab.Tests;

/// <summary>Every order that was accepted is accounted for.</summary>
public class LoadOrders
{
    private static readonly Guid s_order = Guid.NewGuid();

    private readonly DateTimeOffset _startedAt = DateTimeOffset.UtcNow;
    private readonly Orders _orders;

    public LoadOrders() => _orders = new(Stopwatch.GetTimestamp(), _startedAt);

    [Fact]
    public void A_final_status_may_be_heard_before_the_answer()
    {
        _orders.Ended(s_order, "Confirmed");
        _orders.Answered(s_order, due: 0);
        var counts = _orders.Count();
        Assert.Equal((1, 1, 0, 0), (counts.Accepted, counts.ByStatus["Confirmed"], counts.Stuck, counts.Unknown));
        Assert.True(Assert.Single(_orders.ToFinal()).Ok);
    }

    [Fact]
    public void An_event_that_comes_twice_counts_once()
    {
        _orders.Answered(s_order, due: 0);
        _orders.Ended(s_order, "Rejected");
        _orders.Ended(s_order, "Rejected");
        Assert.Equal(1, _orders.Count().ByStatus["Rejected"]);
        Assert.Single(_orders.ToFinal());
    }

    [Fact]
    public void Orders_of_others_do_not_count()
    {
        _orders.Ended(Guid.NewGuid(), "Confirmed");
        Assert.Empty(_orders.Count().ByStatus);
        Assert.Empty(_orders.ToFinal());
    }

    [Fact]
    public void What_was_not_heard_has_the_time_that_the_shop_tells()
    {
        _orders.Answered(s_order, due: 1.5);
        _orders.FoundFinal(s_order, "Cancelled", _startedAt.AddSeconds(4));
        Assert.Equal(2500, Assert.Single(_orders.ToFinal()).LatencyMs, 0.001);
        Assert.Equal((1, 1), (_orders.Count().Unheard, _orders.Count().Final));
    }

    [Fact]
    public void Stuck_is_what_the_shop_says_is_open_and_unknown_what_it_did_not_say()
    {
        _orders.Answered(s_order, due: 0);
        _orders.Answered(Guid.NewGuid(), due: 0);
        _orders.FoundOpen(s_order);
        Assert.Equal((1, 1, 0), (_orders.Count().Stuck, _orders.Count().Unknown, _orders.Count().Final));
        Assert.All(_orders.ToFinal(), request => Assert.Equal("no final status", request.Failure));
    }
}
