namespace MsaAspire.Messaging;

/// <summary>Wakes the relay of a module. Registered under the module's name.</summary>
public sealed class Outbox : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _signal = new(0);
    private int _awake, _wakingSoon;

    /// <summary>Says that a transaction with outbox rows was committed in this process: saves the way through the database's notification.</summary>
    public void Committed()
    {
        if (Interlocked.Exchange(ref _awake, 1) == 0)
            _signal.Release();
    }

    /// <summary>A notification: most often of a row that a relay has by now. Look after a moment, once for all that come meanwhile.</summary>
    internal void Notified()
    {
        if (Interlocked.Exchange(ref _wakingSoon, 1) == 0)
            _ = WakeSoonAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _signal.Dispose();

    internal async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        await _signal.WaitAsync(atMost, cancellation);
        Volatile.Write(ref _awake, 0);
    }

    private async Task WakeSoonAsync()
    {
        await Task.Delay(Grace);
        Volatile.Write(ref _wakingSoon, 0);
        Committed();
    }
}
