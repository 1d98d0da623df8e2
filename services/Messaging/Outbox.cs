namespace MsaAspire.Messaging;

/// <summary>Wakes the relay of a module. Registered under the module's name.</summary>
public sealed class Outbox : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0);
    private int _awake;

    /// <summary>How many events waited for the broker a few seconds ago.</summary>
    public long Depth { get; internal set; }

    /// <summary>
    /// Call it after the commit of a transaction with outbox rows: the relay starts at once. Rows nobody was told of, because their
    /// writer died here, are found within a second.
    /// </summary>
    public void Committed()
    {
        if (Interlocked.Exchange(ref _awake, 1) == 0)
            _signal.Release();
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    internal async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        await _signal.WaitAsync(atMost, cancellation);
        Volatile.Write(ref _awake, 0);
    }
}
