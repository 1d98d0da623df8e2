using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Keeps the latest state of every resource, tells subscribers of each change, and lets callers wait for a state.</summary>
public partial class ResourceNotificationService : IDisposable
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Channel<(ResourceEvent Change, long Version)>> _subscribers = [];
    private readonly CancellationTokenSource _disposing = new();
    private readonly ILogger _logger;
    private readonly IServiceProvider _services;
    private readonly ResourceLoggerService _loggers;

    public ResourceNotificationService(
        ILogger<ResourceNotificationService> logger, IHostApplicationLifetime hostApplicationLifetime, IServiceProvider serviceProvider,
        ResourceLoggerService resourceLoggerService)
    {
        ArgumentNullException.ThrowIfNull(hostApplicationLifetime);
        _logger = logger;
        _services = serviceProvider;
        _loggers = resourceLoggerService;
        DefaultWaitBehavior = serviceProvider.GetService<IOptions<ResourceNotificationServiceOptions>>()?.Value.DefaultWaitBehavior
            ?? WaitBehavior.StopOnResourceUnavailable;
    }

    internal WaitBehavior DefaultWaitBehavior { get; }

    /// <summary>Changes the state of every instance of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="stateFactory">Makes the new snapshot from the present one; called under a lock, so it must be quick.</param>
    public async Task PublishUpdateAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        foreach (var id in resource.GetInstanceIds())
            await PublishUpdateAsync(resource, id, stateFactory).ConfigureAwait(false);
    }

    /// <summary>Changes the state of one instance of a resource.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="resourceId">The instance.</param>
    /// <param name="stateFactory">Makes the new snapshot from the present one; called under a lock, so it must be quick.</param>
    public Task PublishUpdateAsync(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(stateFactory);
        var entry = _entries.GetOrAdd(resourceId, static (_, r) => new Entry(r), resource);
        if (entry.Resource != resource)
            throw new InvalidOperationException($"The id '{resourceId}' belongs to the resource '{entry.Resource.Name}', not to '{resource.Name}'.");

        lock (entry)
        {
            var previous = entry.Snapshot ?? InitialSnapshot(resource);
            var next = SnapshotRules.Apply(resource, previous, stateFactory(previous), _services);
            entry.Snapshot = next;
            if (_logger.IsEnabled(LogLevel.Debug) && previous.State?.Text != next.State?.Text)
                _logger.LogDebug("Resource {Resource}/{ResourceId} changed state: {Previous} -> {State}", resource.Name, resourceId, previous.State?.Text, next.State?.Text);
            Announce(new ResourceEvent(resource, resourceId, next), ++entry.Version);
        }

        return Task.CompletedTask;
    }

    /// <summary>Every change of every resource, beginning with the present state of each.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<(ResourceEvent Change, long Version)>(new UnboundedChannelOptions { SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        lock (_subscribers)
            _subscribers.Add(channel);
        try
        {
            // What changes while the present states are read is queued as well; by its version it is known as old and not told again.
            var told = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
            foreach (var (id, entry) in _entries)
            {
                ResourceEvent? present = null;
                lock (entry)
                {
                    if (entry.Snapshot is { } snapshot)
                    {
                        present = new ResourceEvent(entry.Resource, id, snapshot);
                        told[id] = entry.Version;
                    }
                }

                if (present is not null)
                    yield return present;
            }

            await foreach (var (change, version) in channel.Reader.ReadAllAsync(stop.Token).ConfigureAwait(false))
            {
                if (!told.TryGetValue(change.ResourceId, out var last) || version > last)
                    yield return change;
            }
        }
        finally
        {
            lock (_subscribers)
                _subscribers.Remove(channel);
        }
    }

    /// <summary>The present state of an instance, by its id or by the resource's name if it has one instance only.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        ArgumentNullException.ThrowIfNull(resourceId);
        if (!_entries.TryGetValue(resourceId, out var entry))
        {
            var named = _entries.Where(e => string.Equals(e.Value.Resource.Name, resourceId, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray();
            (resourceId, entry) = named.Length == 1 ? (named[0].Key, named[0].Value) : (resourceId, null);
        }

        resourceEvent = entry?.Snapshot is { } snapshot ? new ResourceEvent(entry.Resource, resourceId, snapshot) : null;
        return resourceEvent is not null;
    }

    /// <summary>Ends all watches and waits.</summary>
    public void Dispose()
    {
        _disposing.Cancel();
        GC.SuppressFinalize(this);
    }

    private void Announce(ResourceEvent change, long version)
    {
        lock (_subscribers)
        {
            foreach (var subscriber in _subscribers)
                subscriber.Writer.TryWrite((change, version));
        }
    }

    private static CustomResourceSnapshot InitialSnapshot(IResource resource) =>
        resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var annotation)
            ? annotation.InitialSnapshot
            : new CustomResourceSnapshot { ResourceType = SnapshotRules.TypeOf(resource), Properties = [] };

    private sealed class Entry(IResource resource)
    {
        public IResource Resource { get; } = resource;
        public CustomResourceSnapshot? Snapshot { get; set; }
        public long Version { get; set; }
    }
}

/// <summary>Options of <see cref="ResourceNotificationService"/>.</summary>
public sealed class ResourceNotificationServiceOptions
{
    /// <summary>What a wait does when the other resource becomes unavailable and the wait itself does not say.</summary>
    public WaitBehavior DefaultWaitBehavior { get; set; }
}
