using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Brings the application model to life: states, addresses, then processes and containers, each when what it waits for is there.</summary>
internal sealed class ApplicationOrchestrator(
    DistributedApplicationModel model,
    DcpHost dcp,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    IDistributedApplicationEventing eventing,
    HealthMonitor health,
    ParameterStates parameters,
    ValueResources valueResources,
    ResourceUrls urls,
    ResourceHierarchy hierarchy,
    DistributedApplicationExecutionContext executionContext,
    DistributedApplicationOptions options,
    IConfiguration configuration,
    IServiceProvider services,
    ILoggerFactory loggerFactory,
    AppHostConfiguration appHostConfiguration) : IDisposable
{
    /// <summary>An ordinary stop takes DCP one to four seconds, one with a process that ignores SIGTERM up to seven.</summary>
    private static readonly TimeSpan s_stopTimeout = TimeSpan.FromSeconds(12);

    /// <summary>An engine gives a container 10 s to end, and removes it, its volumes and the network one after the other.</summary>
    private static readonly TimeSpan s_containerStopTimeout = TimeSpan.FromSeconds(25);

    /// <summary>What services that end properly need; those that do not are killed with the rest.</summary>
    private static readonly TimeSpan s_drainTimeout = TimeSpan.FromSeconds(3);

    private readonly ILogger _logger = loggerFactory.CreateLogger("Aspire.Hosting.Orchestration");
    private readonly TaskCompletionSource _initialized = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _stopped = new();
    private ResourceRunner? _runner;

    /// <summary>Completes when every resource has its replicas and a first state.</summary>
    public Task Initialized => _initialized.Task;

    private ResourceRunner Runner => _runner ?? throw new DistributedApplicationException("The application has not started yet.");

    /// <summary>Returns when every resource was created or has failed; resources that wait for others are waited for.</summary>
    /// <exception cref="DistributedApplicationException">The application cannot start as a whole. Nothing of it is left running.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        try
        {
            await StartAsync(either.Token).ConfigureAwait(false);
        }
        catch
        {
            await StopAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_runner is { } runner)
            await runner.StopAsync(model.Resources.Where(r => r.IsRunByDcp() && StopsLastAnnotation.IsStoppedFirst(r)), s_drainTimeout).ConfigureAwait(false);
        await _stopped.CancelAsync().ConfigureAwait(false);
        await dcp.StopAsync(model.Resources.Any(r => r.IsContainer()) ? s_containerStopTimeout : s_stopTimeout).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _stopped.Dispose();
    }

    public Task StartResourceAsync(string id, CancellationToken cancellationToken) => Runner.StartAsync(id, cancellationToken);

    public Task StopResourceAsync(string id, CancellationToken cancellationToken) => Runner.StopAsync(id, cancellationToken);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var starting = dcp.StartAsync();
        WaitCycles.Check(model);
        var resources = model.Resources.Where(r => r.IsRunByDcp()).ToArray();
        foreach (var resource in resources)
        {
            LifecycleCommands.AddTo(resource);
            resource.GetOrAddInstances();
        }

        eventing.Subscribe<ResourceEndpointsAllocatedEvent>((e, ct) => urls.PublishAsync(e.Resource, ct));
        eventing.Subscribe<ConnectionStringAvailableEvent>((e, ct) => PublishConnectionStringAsync(e.Resource, ct));
        _ = health.RunAsync(_stopping.Token);

        var endpoints = EndpointPlan.Create(resources, randomizePorts: configuration.GetValue("DcpPublisher:RandomizePorts", defaultValue: false));
        foreach (var resource in model.Resources.ToArray())
            await InitializeAsync(resource, cancellationToken).ConfigureAwait(false);
        _initialized.SetResult();

        var session = await starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        await endpoints.AllocateAsync(session.Client, cancellationToken).ConfigureAwait(false);
        _runner = CreateRunner(session, endpoints);
        await _runner.WatchAsync(resources, _stopped.Token).ConfigureAwait(false);
        foreach (var resource in resources)
            await eventing.PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken).ConfigureAwait(false);

        await Task.WhenAll(resources.Select(r => _runner.StartForTheFirstTimeAsync(r, cancellationToken))).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        await eventing.PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken).ConfigureAwait(false);
    }

    private ResourceRunner CreateRunner(DcpSession session, EndpointPlan endpoints)
    {
        var values = new ResourceValues(executionContext, endpoints);
        return new ResourceRunner(
            session.Client,
            new ExecutableFactory(values, endpoints, new ProjectBinaries(appHostConfiguration.Name)),
            new ContainerFactory(values, endpoints, services, session.Folder, options.ContainerRegistryOverride),
            new DcpChanges(session.Client, notifications, loggers, hierarchy, eventing, services, _logger),
            new ResourceLogPump(new DcpLogStream(session.Client, _logger), loggers, options.EnableResourceLogging ? loggerFactory : null),
            notifications, loggers, hierarchy, eventing, services, _logger);
    }

    private async Task InitializeAsync(IResource resource, CancellationToken cancellationToken)
    {
        var parent = (resource as IResourceWithParent)?.Parent
            ?? resource.Annotations.OfType<ResourceRelationshipAnnotation>().LastOrDefault(r => r.Type == "Parent")?.Resource;
        await notifications.PublishUpdateAsync(resource, s => s with
        {
            Relationships = RelationshipsOf(resource),
            Urls = ResourceUrls.Snapshots(resource, isRunning: false),
            Properties = parent is null ? s.Properties : s.Properties.Set(KnownProperties.ParentName, parent.GetInstanceIds()[0]),
            HealthReports = ResourceRunner.InitialHealthReports(resource),
        }).ConfigureAwait(false);
        if (resource is ParameterResource parameter)
            await parameters.PublishAsync(parameter).ConfigureAwait(false);
        else
            valueResources.Start(resource, _stopping.Token);
        await eventing.PublishAsync(
            new InitializeResourceEvent(resource, eventing, loggers, notifications, services), EventDispatchBehavior.NonBlockingConcurrent, cancellationToken)
            .ConfigureAwait(false);
    }

    private static System.Collections.Immutable.ImmutableArray<RelationshipSnapshot> RelationshipsOf(IResource resource)
    {
        var relationships = resource.Annotations.OfType<ResourceRelationshipAnnotation>().Select(r => new RelationshipSnapshot(r.Resource.Name, r.Type));
        if (resource is IResourceWithParent { Parent: var parent })
            relationships = relationships.Append(new RelationshipSnapshot(parent.Name, "Parent"));
        return [.. relationships.Distinct()];
    }

    private async Task PublishConnectionStringAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (resource is not IResourceWithConnectionString connection)
            return;
        var value = await connection.GetConnectionStringAsync(cancellationToken).ConfigureAwait(false);
        await notifications.PublishUpdateAsync(
            resource, s => s with { Properties = s.Properties.Set(CustomResourceKnownProperties.ConnectionString, value, isSensitive: true) }).ConfigureAwait(false);
    }
}
