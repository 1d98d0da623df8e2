using MsaAspire.Lab.Load;
using Xunit;

namespace Lab.Tests;

/// <summary>When something counts as unavailable and as recovered.</summary>
public class LoadOutages
{
    [Fact]
    public void An_outage_lasts_from_the_first_failure_to_the_next_success()
    {
        var requests = Each(0.1, 10, due => due is < 2 or >= 3.5);
        Assert.Equal(1.5, Outages.Seconds(requests, 0, 10), 6);
    }

    [Fact]
    public void An_outage_without_end_lasts_to_the_end() => Assert.Equal(8, Outages.Seconds(Each(0.1, 10, due => due < 2), 0, 10), 6);

    [Fact]
    public void Only_the_part_between_two_moments_counts() => Assert.Equal(1, Outages.Seconds(Each(0.1, 10, due => due < 2), 3, 4), 6);

    [Fact]
    public void Where_a_tenth_fails_a_tenth_of_the_time_is_unavailable()
    {
        List<Request> requests = [.. Enumerable.Range(0, 1000).Select(i => new Request(i / 100.0, 1, i % 10 != 5))];
        Assert.Equal(1, Outages.Seconds(requests, 0, 10), 6);
    }

    [Fact]
    public void What_never_failed_recovered_at_once() => Assert.Equal(0, Outages.SecondsToRecover(Each(0.1, 10, _ => true), 2.05, 10));

    [Fact]
    public void Recovery_is_the_first_success_that_is_followed_by_no_failure_soon()
    {
        var requests = Each(0.1, 20, due => due is < 2 or >= 5 and < 7 or >= 8);
        Assert.Equal(6, Outages.SecondsToRecover(requests, 2, 20)!.Value, 6);
    }

    [Fact]
    public void A_failure_long_after_does_not_undo_it()
    {
        var requests = Each(0.1, 20, due => due is < 2 or >= 5 and < 12);
        Assert.Equal(3, Outages.SecondsToRecover(requests, 2, 20)!.Value, 6);
    }

    [Fact]
    public void A_success_just_before_the_end_is_no_recovery()
    {
        Assert.Null(Outages.SecondsToRecover(Each(0.1, 10, due => due is < 2 or >= 9.5), 2, 10));
        Assert.NotNull(Outages.SecondsToRecover(Each(0.1, 10, due => due is < 2 or >= 8.5), 2, 10));
    }

    [Fact]
    public void What_fails_to_the_end_never_recovers() => Assert.Null(Outages.SecondsToRecover(Each(0.1, 10, due => due < 2), 1, 10));

    private static List<Request> Each(double gap, double seconds, Predicate<double> ok) =>
        [.. Enumerable.Range(0, (int)(seconds / gap)).Select(i => Math.Round(i * gap, 6)).Select(due => new Request(due, 1, ok(due)))];
}
