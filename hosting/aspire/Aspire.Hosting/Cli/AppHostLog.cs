using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Cli;

/// <summary>The last lines of the AppHost's own log, and those who read along.</summary>
internal sealed class AppHostLog : ILoggerProvider
{
    private const int Capacity = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<AppHostLogEntry> _entries = new();
    private readonly List<Channel<AppHostLogEntry>> _readers = [];
    private bool _ended;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <summary>What there is, then what comes, until the AppHost ends. Who does not keep up misses the oldest.</summary>
    public async IAsyncEnumerable<AppHostLogEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<AppHostLogEntry>(new BoundedChannelOptions(2 * Capacity) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_gate)
        {
            foreach (var entry in _entries)
                channel.Writer.TryWrite(entry);
            if (_ended)
                channel.Writer.TryComplete();
            _readers.Add(channel);
        }

        try
        {
            await foreach (var entry in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return entry;
        }
        finally
        {
            lock (_gate)
                _readers.Remove(channel);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _ended = true;
            _readers.ForEach(reader => reader.Writer.TryComplete());
        }
    }

    private void Add(AppHostLogEntry entry)
    {
        lock (_gate)
        {
            if (_entries.Count == Capacity)
                _entries.Dequeue();
            _entries.Enqueue(entry);
            _readers.ForEach(reader => reader.Writer.TryWrite(entry));
        }
    }

    private sealed class Logger(AppHostLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var message = exception is null ? formatter(state, exception) : $"{formatter(state, exception)}\n{exception}";
            log.Add(new(new(eventId.Id, eventId.Name), logLevel, message, DateTimeOffset.UtcNow, category));
        }
    }
}
