using System.Diagnostics;
using System.Threading.Channels;
using Npgsql;

namespace MsaAspire.Messaging;

/// <summary>Commits a module's events with what caused them, and hands them to its relay. Registered under the module's name.</summary>
public sealed class Outbox(string module, NpgsqlDataSource database) : IDisposable
{
    /// <summary>Events that do not fit are left to the sweep.</summary>
    private const int MostHandedOver = 1024;

    /// <summary>Well below the time that a row belongs to its writer (Migrations/001), so that no sweep publishes it as well.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Channel<(OutboxMessage Message, long At)> _handedOver = Channel.CreateBounded<(OutboxMessage, long)>(
        new BoundedChannelOptions(MostHandedOver) { SingleReader = true });

    private readonly SemaphoreSlim _signal = new(0);
    private int _awake;

    /// <summary>How many events waited for the broker a few seconds ago.</summary>
    public long Depth { get; internal set; }

    /// <summary>Commits changes and the events that follow from them in one transaction, or neither.</summary>
    /// <param name="change">Adds both to the unit of work.</param>
    /// <param name="cancellation">Cancels it; whether it was committed is then unknown.</param>
    public Task CommitAsync(Func<UnitOfWork, Task> change, CancellationToken cancellation) => CommitAsync(change, first: null, cancellation);

    internal async Task CommitAsync(Func<UnitOfWork, Task> change, NpgsqlBatchCommand? first, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var work = new UnitOfWork(module, connection);
        await change(work);
        await work.CommitAsync(first, cancellation);
        Committed(work.Events);
    }

    /// <summary>
    /// Call it after the commit of a transaction that inserted <paramref name="messages"/> by a statement of its own: the relay publishes them at
    /// once, without reading them back. Rows that were not handed over, because their writer died here, are found within three seconds.
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

    /// <summary>How many handed-over events have not been taken yet.</summary>
    internal int Count => _handedOver.Reader.Count;

    /// <summary>Takes at most <paramref name="most"/> of the events that were handed over. Those that have waited too long are left to the sweep.</summary>
    internal List<OutboxRow> Take(int most)
    {
        var rows = new List<OutboxRow>();
        while (rows.Count < most && _handedOver.Reader.TryRead(out var handed))
        {
            if (Stopwatch.GetElapsedTime(handed.At) < Fresh)
                rows.Add(new(handed.Message.Id, handed.Message.Id, handed.Message.Type, handed.Message.Body, handed.Message.TraceParent, Retries: 0, IsSwept: false));
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
