namespace MsaAspire.Messaging;

/// <summary>
/// Lets work begin at once while it is little, and under load so many times a second: what comes in between is done together. Without it a
/// busy module would commit each event on its own until it can no longer keep up, at a multiple of the cost.
/// </summary>
/// <remarks>The generic cell rate algorithm: a leaky bucket without a timer.</remarks>
/// <param name="clock">Tells the time.</param>
public sealed class Pace(TimeProvider clock)
{
    /// <summary>How often work begins under load, and how many times in a row it may begin without having to wait.</summary>
    public const int PerSecond = 100, Burst = 10;

    private readonly long _interval = clock.TimestampFrequency / PerSecond;
    private long _expected;

    /// <summary>How long to wait before the next beginning, which is counted as done after that.</summary>
    public TimeSpan Next()
    {
        var now = clock.GetTimestamp();
        var wait = _expected - (Burst * _interval) - now;
        _expected = Math.Max(_expected, now) + _interval;
        return wait > 0 ? TimeSpan.FromSeconds((double)wait / clock.TimestampFrequency) : TimeSpan.Zero;
    }

    /// <summary>Waits for the next beginning.</summary>
    public Task WaitAsync(CancellationToken cancellation) => Next() is var wait && wait > TimeSpan.Zero ? Task.Delay(wait, clock, cancellation) : Task.CompletedTask;
}
