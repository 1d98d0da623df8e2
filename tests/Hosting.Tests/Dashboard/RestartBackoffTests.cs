using Aspire.Hosting.Dashboard;
using Xunit;

namespace Hosting.Tests.Dashboard;

public sealed class RestartBackoffTests
{
    [Fact]
    public void A_dashboard_that_keeps_ending_is_started_at_most_twice_a_minute_in_the_long_run()
    {
        var time = new ManualTime();
        var backoff = new RestartBackoff(time);

        var delays = Enumerable.Range(0, 20).Select(_ => Advance(time, backoff.Next())).ToList();

        Assert.Equal(RestartBackoff.First, delays[0]);
        Assert.Equal(delays.Order(), delays);
        Assert.All(delays[10..], delay => Assert.Equal(RestartBackoff.Longest, delay));
    }

    [Fact]
    public void A_dashboard_that_stayed_up_is_started_again_at_once()
    {
        var time = new ManualTime();
        var backoff = new RestartBackoff(time);
        for (var i = 0; i < 20; i++)
        {
            Advance(time, backoff.Next());
        }

        Advance(time, TimeSpan.FromMinutes(5));

        Assert.Equal(RestartBackoff.First, backoff.Next());
    }

    private static TimeSpan Advance(ManualTime time, TimeSpan delay)
    {
        time.Now += delay;
        return delay;
    }

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
