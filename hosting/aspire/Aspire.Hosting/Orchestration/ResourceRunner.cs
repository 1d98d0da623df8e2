using System.Collections.Concurrent;
using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Dcp.Model;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Starts, stops and restarts the instances of the resources that DCP runs.</summary>
internal sealed class ResourceRunner(
    DcpClient client, ExecutableFactory executables, ContainerFactory containers, DcpChanges changes, ResourceLogPump logPump,
    ResourceNotificationService notifications, ResourceLoggerService loggers, ResourceHierarchy hierarchy,
    IDistributedApplicationEventing eventing, IServiceProvider services, ILogger logger)
{
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, InstanceState> _instances = new(StringComparer.OrdinalIgnoreCase);
    private CancellationToken _stopped;

    /// <summary>The checks of a resource before any of them was run.</summary>
    public static ImmutableArray<HealthReportSnapshot> InitialHealthReports(IResource resource) =>
        resource.TryGetAnnotationsIncludingAncestorsOfType<HealthCheckAnnotation>(out var checks)
            ? [.. checks.Select(c => c.Key).Distinct().Select(key => new HealthReportSnapshot(key, Status: null, Description: null, ExceptionText: null))]
            : [];

    /// <summary>Follows what DCP says of the resources from now on.</summary>
    public async Task WatchAsync(IReadOnlyCollection<IResource> resources, CancellationToken stopped)
    {
        _stopped = stopped;
        foreach (var instance in resources.SelectMany(r => r.GetOrAddInstances()))
            _instances[instance.Id] = new InstanceState(instance);

        _ = DcpWatch.RunAsync<Executable>(
            client, "executables", (e, deleted) => OnChangeAsync(e, deleted, (i, d) => changes.OnExecutableAsync(i, e, d)), logger, stopped);
        if (resources.Any(r => r.IsContainer()))
        {
            var network = new ContainerNetwork { Metadata = new DcpMetadata { Name = ContainerFactory.NetworkName } };
            network.Spec.NetworkName = $"aspire-session-network-{Environment.ProcessId}";
            await client.CreateAsync(network, stopped).ConfigureAwait(false);
            _ = DcpWatch.RunAsync<Container>(
                client, "containers", (c, deleted) => OnChangeAsync(c, deleted, (i, d) => changes.OnContainerAsync(i, c, d)), logger, stopped);
        }
    }

    /// <summary>Starts all instances of a resource, unless it is to be started by hand. A failure is that resource's state, not an exception.</summary>
    public async Task StartForTheFirstTimeAsync(IResource resource, CancellationToken cancellationToken)
    {
        var instances = resource.GetOrAddInstances();
        if (resource.HasAnnotationOfType<ExplicitStartupAnnotation>())
        {
            await notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.NotStarted }).ConfigureAwait(false);
            return;
        }

        try
        {
            await StartAsync(resource, instances, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            logger.LogDebug(e, "The resource '{Resource}' failed to start.", resource.Name);
        }
    }

    /// <summary>Starts one instance again, or, if it waits for others, makes it stop waiting.</summary>
    public async Task StartAsync(string id, CancellationToken cancellationToken)
    {
        var state = Find(id);
        var resource = state.Instance.Resource;
        var wasWaiting = false;
        await notifications.PublishUpdateAsync(resource, id, s =>
        {
            wasWaiting = s.IsIn(KnownResourceStates.Waiting);
            return wasWaiting ? s with { State = KnownResourceStates.Starting } : s;
        }).ConfigureAwait(false);
        if (wasWaiting)
            return;

        await state.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (IsRunning(id))
                return;
            await DeleteAsync(state, cancellationToken).ConfigureAwait(false);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopped);
            await StartAsync(resource, [state.Instance], either.Token).ConfigureAwait(false);
        }
        finally
        {
            state.Gate.Release();
        }
    }

    /// <summary>Stops one instance and returns when it has ended.</summary>
    /// <exception cref="DistributedApplicationException">It did not end in time.</exception>
    public async Task StopAsync(string id, CancellationToken cancellationToken)
    {
        var state = Find(id);
        if (state.Uid is null || (notifications.TryGetCurrentState(id, out var current) && current.Snapshot.IsTerminal()))
            return;

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(s_stopTimeout);
        try
        {
            await client.PatchAsync(PluralOf(state.Instance.Resource), id, """{"spec":{"stop":true}}""", deadline.Token).ConfigureAwait(false);
            await notifications.WaitForResourceAsync(
                state.Instance.Resource.Name, e => e.ResourceId == id && (e.Snapshot.IsTerminal() || e.Snapshot.IsIn("Unknown")), deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"The resource '{id}' did not stop within {s_stopTimeout.TotalSeconds:0} s.", e);
        }
    }

    /// <summary>Stops all instances of some resources at once; those that have not ended in time are left as they are.</summary>
    public async Task StopAsync(IEnumerable<IResource> resources, TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        await Task.WhenAll(resources.SelectMany(r => r.GetInstanceIds()).Select(id => StopAsync(id, deadline.Token)))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task StartAsync(IResource resource, IReadOnlyList<ResourceInstance> instances, CancellationToken cancellationToken)
    {
        try
        {
            await PublishStateAsync(resource, instances, KnownResourceStates.Starting).ConfigureAwait(false);
            await PublishConnectionStringsAsync(resource, cancellationToken).ConfigureAwait(false);
            await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), cancellationToken).ConfigureAwait(false);
            await WaitForDependenciesAsync(resource, instances, cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(instances.Select(i => CreateAsync(i, cancellationToken))).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            foreach (var instance in instances)
                loggers.GetLogger(instance.Id).LogError("Failed to start: {Message}", e.Message);
            logger.LogError("The resource '{Resource}' failed to start: {Message}", resource.Name, e.Message);
            await PublishStateAsync(resource, instances, KnownResourceStates.FailedToStart).ConfigureAwait(false);
            throw;
        }
    }

    private async Task CreateAsync(ResourceInstance instance, CancellationToken cancellationToken)
    {
        var state = _instances[instance.Id];
        var resourceLogger = loggers.GetLogger(instance.Id);
        DcpObject created = instance.Resource.IsContainer()
            ? await client.CreateAsync(await containers.CreateAsync(instance, resourceLogger, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false)
            : await client.CreateAsync(await executables.CreateAsync(instance, resourceLogger, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        state.Uid = created.Metadata.Uid;
        logPump.Start(instance, created.Plural, _stopped);
    }

    /// <summary>Holds the start back until what the resource waits for is there, or somebody starts it by hand.</summary>
    private async Task WaitForDependenciesAsync(IResource resource, IReadOnlyList<ResourceInstance> instances, CancellationToken cancellationToken)
    {
        if (!resource.HasAnnotationOfType<WaitAnnotation>())
            return;

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ids = instances.Select(i => i.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var waiting = new HashSet<string>();
        var released = notifications.WaitForResourceAsync(
            resource.Name,
            e => ids.Contains(e.ResourceId) && (e.Snapshot.IsIn(KnownResourceStates.Waiting) ? waiting.Add(e.ResourceId) && false : waiting.Contains(e.ResourceId)),
            either.Token);
        var dependencies = notifications.WaitForDependenciesAsync(resource, either.Token);
        var first = await Task.WhenAny(dependencies, released).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(dependencies, released).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first.ConfigureAwait(false);
        await PublishStateAsync(resource, instances, KnownResourceStates.Starting).ConfigureAwait(false);
    }

    private async Task PublishStateAsync(IResource resource, IReadOnlyList<ResourceInstance> instances, string state)
    {
        var style = state == KnownResourceStates.FailedToStart ? KnownResourceStateStyles.Error : null;
        foreach (var instance in instances)
        {
            await notifications.PublishUpdateAsync(resource, instance.Id, s => s with
            {
                State = new ResourceStateSnapshot(state, style),
                ExitCode = null,
                StartTimeStamp = null,
                StopTimeStamp = null,
                HealthReports = InitialHealthReports(resource),
            }).ConfigureAwait(false);
        }

        if (resource.IsContainer())
        {
            foreach (var dependent in hierarchy.DependentsOf(resource))
                await notifications.PublishUpdateAsync(dependent, s => s with { State = state }).ConfigureAwait(false);
        }
    }

    private async Task PublishConnectionStringsAsync(IResource resource, CancellationToken cancellationToken)
    {
        foreach (var connection in hierarchy.DependentsOf(resource).Prepend(resource).OfType<IResourceWithConnectionString>())
            await eventing.PublishAsync(new ConnectionStringAvailableEvent(connection, services), cancellationToken).ConfigureAwait(false);
    }

    private async Task DeleteAsync(InstanceState state, CancellationToken cancellationToken)
    {
        if (state.Uid is null)
            return;
        state.Retire();
        var (resource, id) = (state.Instance.Resource, state.Instance.Id);
        await (resource.IsContainer()
            ? client.DeleteAsync<Container>("containers", id, cancellationToken)
            : client.DeleteAsync<Executable>("executables", id, cancellationToken)).ConfigureAwait(false);
    }

    private Task OnChangeAsync(DcpObject changed, bool isDeleted, Func<ResourceInstance, bool, Task> apply) =>
        _instances.TryGetValue(changed.Name, out var state) && !state.IsRetired(changed.Metadata.Uid) ? apply(state.Instance, isDeleted) : Task.CompletedTask;

    private bool IsRunning(string id) => notifications.TryGetCurrentState(id, out var current) && current.Snapshot.IsIn(KnownResourceStates.Running);

    private InstanceState Find(string id) =>
        _instances.TryGetValue(id, out var state) ? state
        : _instances.Values.Where(i => string.Equals(i.Instance.Resource.Name, id, StringComparison.OrdinalIgnoreCase)).Take(2).ToArray() is [var single] ? single
        : throw new DistributedApplicationException($"There is no process or container '{id}' that could be started or stopped.");

    private static string PluralOf(IResource resource) => resource.IsContainer() ? "containers" : "executables";

    /// <summary>An instance and the DCP object that stands for it at the moment; starting again means a new object of the same name.</summary>
    private sealed class InstanceState(ResourceInstance instance)
    {
        private readonly HashSet<string> _retired = [];

        public ResourceInstance Instance { get; } = instance;
        public SemaphoreSlim Gate { get; } = new(1, 1);
        public string? Uid { get; set; }

        /// <summary>What DCP still says of the present object is of no interest any more.</summary>
        public void Retire()
        {
            lock (_retired)
                _retired.Add(Uid!);
            Uid = null;
        }

        public bool IsRetired(string? uid)
        {
            lock (_retired)
                return uid is not null && _retired.Contains(uid);
        }
    }
}
