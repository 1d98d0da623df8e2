using System.Diagnostics;
using System.Threading.Channels;

namespace MsaAspire.Messaging;

/// <summary>Hands a module's committed events to its relay. Registered under the module's name.</summary>
public sealed class Outbox : IDisposable
{
    /// <summary>Events that do not fit are left to the sweep.</summary>
    private const int MostHandedOver = 1024;

    /// <summary>Well below the time that a row belongs to its writer (Migrations/003), so that no sweep publishes it as well.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Channel<(OutboxMessage Message, long At)> _handedOver = Channel.CreateBounded<(OutboxMessage, long)>(
        new BoundedChannelOptions(MostHandedOver) { SingleReader = true });

    private readonly SemaphoreSlim _signal = new(0);
    private int _awake, _called;

    /// <summary>How many events waited for the broker a few seconds ago.</summary>
    public long Depth { get; internal set; }

    /// <summary>
    /// Call it after the commit of a transaction that inserted <paramref name="messages"/>: the relay publishes them at once, without reading
    /// them back. Rows that were not handed over, because their writer died here, are found within three seconds.
    /// </summary>
    public void Committed(params IReadOnlyCollection<OutboxMessage> messages)
    {
        if (messages.Count == 0)
            return;
        var now = Stopwatch.GetTimestamp();
        foreach (var message in messages)
        {
            if (!_handedOver.Writer.TryWrite((message, now)))
                break;
        }

        Wake();
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    /// <summary>Another replica cannot keep up: sweep now.</summary>
    internal void Call()
    {
        Volatile.Write(ref _called, 1);
        Wake();
    }

    /// <summary>Whether there was a call since the last check.</summary>
    internal bool TakeCall() => Interlocked.Exchange(ref _called, 0) == 1;

    /// <summary>How many handed-over events have not been taken yet.</summary>
    internal int Count => _handedOver.Reader.Count;

    /// <summary>Takes at most <paramref name="most"/> of the events that were handed over. Those that have waited too long are left to the sweep.</summary>
    internal List<OutboxRow> Take(int most)
    {
        var rows = new List<OutboxRow>();
        while (rows.Count < most && _handedOver.Reader.TryRead(out var handed))
        {
            if (Stopwatch.GetElapsedTime(handed.At) < Fresh)
                rows.Add(new(handed.Message.Id, handed.Message.Id, handed.Message.Type, handed.Message.Body, handed.Message.TraceParent, Retries: 0));
        }

        return rows;
    }

    internal async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        await _signal.WaitAsync(atMost, cancellation);
        Volatile.Write(ref _awake, 0);
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _awake, 1) == 0)
            _signal.Release();
    }
}
