using System.Threading.Channels;

namespace MsaAspire.Messaging;

/// <summary>
/// Batches work under load. Below <see cref="BusyRate"/> events a second work begins at once; above, it begins <see cref="Interval"/> after the
/// previous time, and the events in between form one batch. Without it a busy module commits and publishes each event on its own until it
/// cannot keep up (measured at 300 orders a second: an eighth more processor time, and a quarter more time to an order's final status).
/// </summary>
/// <remarks>The rate is measured by the generic cell rate algorithm, a leaky bucket without a timer.</remarks>
/// <param name="clock">The clock.</param>
public sealed class BatchPacer(TimeProvider clock)
{
    /// <summary>The rate in events a second from which on work is batched.</summary>
    public const int BusyRate = 150;

    /// <summary>How many events may arrive at once without being batched.</summary>
    public const int Burst = 15;

    /// <summary>The interval between two batches under load.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly long _event = clock.TimestampFrequency / BusyRate;
    private long _expected, _began;

    /// <summary>How long to wait before the next batch.</summary>
    public TimeSpan Next()
    {
        var now = clock.GetTimestamp();
        var wait = Interval - clock.GetElapsedTime(_began, now);
        return _expected - now > Burst * _event && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    /// <summary>Records that work begins on a number of events.</summary>
    public void Begin(int events)
    {
        _began = clock.GetTimestamp();
        // Bounded, so that a burst of events is soon forgotten.
        _expected = Math.Min(Math.Max(_expected, _began) + (events * _event), _began + (2 * Burst * _event));
    }

    /// <summary>Waits for work and until the next batch may begin, then takes what there is.</summary>
    /// <param name="queue">The work; it can be counted, so it is not a channel with one reader.</param>
    /// <param name="batch">Gets the work, after what it already has.</param>
    /// <param name="largest">The size of the largest batch. A queue of that length is not waited for.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>False when the queue is completed and empty.</returns>
    public async ValueTask<bool> FillAsync<T>(ChannelReader<T> queue, List<T> batch, int largest, CancellationToken cancellation)
    {
        if (!await queue.WaitToReadAsync(cancellation))
            return false;
        if (queue.Count < largest)
            await WaitAsync(cancellation);
        while (batch.Count < largest && queue.TryRead(out var work))
            batch.Add(work);
        Begin(batch.Count);
        return true;
    }

    /// <summary>Waits until the next batch may begin.</summary>
    public Task WaitAsync(CancellationToken cancellation) => Next() is var wait && wait > TimeSpan.Zero ? Task.Delay(wait, clock, cancellation) : Task.CompletedTask;
}
