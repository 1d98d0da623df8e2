using MsaAspire.Messaging;
using Xunit;

namespace Services.Tests;

/// <summary>When work may begin at once, and when what comes is done together.</summary>
public class PaceRules
{
    private readonly ManualClock _clock = new();
    private readonly Pace _pace;

    public PaceRules() => _pace = new(_clock);

    [Fact]
    public void Little_work_never_waits()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(TimeSpan.Zero, _pace.Next());
            _pace.Begin(1);
            _clock.Advance(TimeSpan.FromSeconds(1.0 / Pace.BusyRate));
        }
    }

    [Fact]
    public void A_small_burst_does_not_wait()
    {
        for (var i = 0; i < Pace.Burst; i++)
        {
            Assert.Equal(TimeSpan.Zero, _pace.Next());
            _pace.Begin(1);
        }
    }

    [Fact]
    public void Under_load_work_begins_an_interval_after_the_time_before()
    {
        _pace.Begin(Pace.Burst + 1);
        _clock.Advance(TimeSpan.FromMilliseconds(4));
        Assert.Equal(Pace.Interval - TimeSpan.FromMilliseconds(4), _pace.Next());
        _clock.Advance(Pace.Interval);
        Assert.Equal(TimeSpan.Zero, _pace.Next());
    }

    [Fact]
    public void A_wave_of_events_is_forgotten_soon()
    {
        _pace.Begin(100_000);
        _clock.Advance(TimeSpan.FromSeconds(2.0 * Pace.Burst / Pace.BusyRate));
        _pace.Begin(1);
        Assert.Equal(TimeSpan.Zero, _pace.Next());
    }

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
