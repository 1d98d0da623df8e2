using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The console log of every resource: what its process wrote and what the orchestrator has to say about it.</summary>
public class ResourceLoggerService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<LogSubscriber>> _subscriberWatchers = [];
    private readonly CancellationTokenSource _disposing = new();

    /// <summary>A logger that writes to the console log of all instances of a resource.</summary>
    public ILogger GetLogger(IResource resource)
    {
        ArgumentNullException.ThrowIfNull(resource);
        return new ResourceLogger(() => resource.GetInstanceIds().Select(Log));
    }

    /// <summary>A logger that writes to the console log of one instance.</summary>
    public ILogger GetLogger(string resourceName)
    {
        ArgumentNullException.ThrowIfNull(resourceName);
        return new ResourceLogger(() => [Log(resourceName)]);
    }

    /// <summary>The log of a resource's first instance: what there is, then what comes.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => WatchAsync(resource.GetInstanceIds()[0]);

    /// <summary>The log of an instance: what there is, then what comes, until <see cref="Complete(string)"/>.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => Log(resourceName).WatchAsync(_disposing.Token);

    /// <summary>What the log of a resource's first instance holds now.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(IResource resource) => GetAllAsync(resource.GetInstanceIds()[0]);

    /// <summary>What the log of an instance holds now.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        var lines = Log(resourceName).Backlog();
        await Task.CompletedTask.ConfigureAwait(false);
        if (lines.Count > 0)
            yield return lines;
    }

    /// <summary>Tells when the first reader of an instance's log comes and when the last one goes.</summary>
    public async IAsyncEnumerable<LogSubscriber> WatchAnySubscribersAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<LogSubscriber>();
        lock (_subscriberWatchers)
            _subscriberWatchers.Add(channel);
        try
        {
            foreach (var (name, log) in _logs)
            {
                if (log.HasReaders)
                    yield return new LogSubscriber(name, AnySubscribers: true);
            }

            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return change;
        }
        finally
        {
            lock (_subscriberWatchers)
                _subscriberWatchers.Remove(channel);
        }
    }

    /// <summary>Ends the log of all instances of a resource for its present readers.</summary>
    public void Complete(IResource resource)
    {
        foreach (var id in resource.GetInstanceIds())
            Complete(id);
    }

    /// <summary>Ends the log of an instance for its present readers.</summary>
    public void Complete(string name) => Log(name).Complete();

    /// <summary>Forgets what the log of an instance holds.</summary>
    public void ClearBacklog(string resourceName) => Log(resourceName).Clear();

    /// <summary>Ends all readers.</summary>
    public void Dispose()
    {
        _disposing.Cancel();
        GC.SuppressFinalize(this);
    }

    /// <summary>The log of an instance, for lines that a process wrote.</summary>
    internal ResourceLog Log(string name) => _logs.GetOrAdd(name, n => new ResourceLog(hasReaders => Announce(new LogSubscriber(n, hasReaders))));

    private void Announce(LogSubscriber change)
    {
        lock (_subscriberWatchers)
        {
            foreach (var watcher in _subscriberWatchers)
                watcher.Writer.TryWrite(change);
        }
    }
}
