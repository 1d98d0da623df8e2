using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>The last lines of one instance's log, and those who read along.</summary>
internal sealed class ResourceLog(Action<bool> onReadersChanged)
{
    private const int Capacity = 10_000;

    private readonly Lock _lock = new();
    private readonly Queue<LogLine> _lines = new();
    private readonly List<Channel<LogLine>> _readers = [];
    private int _count;

    public bool HasReaders
    {
        get
        {
            lock (_lock)
                return _readers.Count > 0;
        }
    }

    public void Add(DateTime timestamp, string text, bool isError)
    {
        lock (_lock)
        {
            var line = new LogLine(++_count, $"{timestamp:yyyy-MM-ddTHH:mm:ss.fffffffK} {text}", isError);
            if (_lines.Count == Capacity)
                _lines.Dequeue();
            _lines.Enqueue(line);
            foreach (var reader in _readers)
                reader.Writer.TryWrite(line);
        }
    }

    public IReadOnlyList<LogLine> Backlog()
    {
        lock (_lock)
            return [.. _lines];
    }

    public void Clear()
    {
        lock (_lock)
        {
            _lines.Clear();
            _count = 0;
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            foreach (var reader in _readers)
                reader.Writer.TryComplete();
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(CancellationToken stop, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, cancellationToken);
        // A reader who does not keep up misses the oldest lines, as one who comes late does; the numbers of those it gets show it.
        var channel = Channel.CreateBounded<LogLine>(
            new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.DropOldest });
        LogLine[] backlog;
        bool isFirst;
        lock (_lock)
        {
            backlog = [.. _lines];
            _readers.Add(channel);
            isFirst = _readers.Count == 1;
        }

        if (isFirst)
            onReadersChanged(true);
        try
        {
            if (backlog.Length > 0)
                yield return backlog;
            while (await WaitAsync(channel.Reader, either.Token).ConfigureAwait(false))
            {
                var lines = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                    lines.Add(line);
                if (lines.Count > 0)
                    yield return lines;
            }
        }
        finally
        {
            bool isLast;
            lock (_lock)
            {
                _readers.Remove(channel);
                isLast = _readers.Count == 0;
            }

            if (isLast)
                onReadersChanged(false);
        }
    }

    /// <summary>Ends quietly when the reader or the application stops, as official watches of logs do.</summary>
    private static async ValueTask<bool> WaitAsync(ChannelReader<LogLine> reader, CancellationToken cancellationToken)
    {
        try
        {
            return await reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
