using MsaAspire.Messaging;
using Xunit;

namespace Services.Tests;

/// <summary>When work may begin at once, and when what comes is done together.</summary>
public class BatchPacerRules
{
    private readonly ManualClock _clock = new();
    private readonly BatchPacer _pacer;

    public BatchPacerRules() => _pacer = new(_clock);

    [Fact]
    public void Little_work_never_waits()
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(TimeSpan.Zero, _pacer.Next());
            _pacer.Begin(1);
            _clock.Advance(TimeSpan.FromSeconds(1.0 / BatchPacer.BusyRate));
        }
    }

    [Fact]
    public void A_small_burst_does_not_wait()
    {
        for (var i = 0; i < BatchPacer.Burst; i++)
        {
            Assert.Equal(TimeSpan.Zero, _pacer.Next());
            _pacer.Begin(1);
        }
    }

    [Fact]
    public void Under_load_work_begins_an_interval_after_the_time_before()
    {
        _pacer.Begin(BatchPacer.Burst + 1);
        _clock.Advance(TimeSpan.FromMilliseconds(4));
        Assert.Equal(BatchPacer.Interval - TimeSpan.FromMilliseconds(4), _pacer.Next());
        _clock.Advance(BatchPacer.Interval);
        Assert.Equal(TimeSpan.Zero, _pacer.Next());
    }

    [Fact]
    public void A_wave_of_events_is_forgotten_soon()
    {
        _pacer.Begin(100_000);
        _clock.Advance(TimeSpan.FromSeconds(2.0 * BatchPacer.Burst / BatchPacer.BusyRate));
        _pacer.Begin(1);
        Assert.Equal(TimeSpan.Zero, _pacer.Next());
    }

    private sealed class ManualClock : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
