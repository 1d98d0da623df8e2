using System.Collections.Concurrent;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using MsaAspire.Faults;

namespace MsaAspire.Lab.Running;

/// <summary>
/// The whole shop in one of its shapes, started by the AppHost's own program, with its own ports and data. A service with one process is
/// called without DCP's proxy: that would hold requests back while the process is unavailable, and so hide the outage to be measured.
/// </summary>
internal sealed class ShopSystem : IAsyncDisposable
{
    /// <summary>The first start on a machine fetches the servers.</summary>
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan s_commandLimit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, ResourceEvent> _instances = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Task _watch;

    private ShopSystem(DistributedApplication app, SystemPlan plan)
    {
        (App, Plan) = (app, plan);
        _watch = WatchAsync();
    }

    public DistributedApplication App { get; }

    public SystemPlan Plan { get; }

    /// <summary>Where customers find it.</summary>
    public Uri Gateway => App.GetEndpoint("gateway", "http");

    /// <summary>Starts the shop and waits until every service is healthy.</summary>
    /// <exception cref="SystemNotUpException">It did not start; the message has its state.</exception>
    public static async Task<ShopSystem> StartAsync(SystemPlan plan, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_startLimit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--KeepData", "false", "--topology", plan.Shape, .. plan.Arguments],
            (options, _) => options.DisableDashboard = !plan.Dashboard, limit.Token);
        builder.KeepQuiet();
        if (!plan.Dashboard)
            builder.SendNoTelemetry();
        plan.Change?.Invoke(builder);
        foreach (var service in builder.Resources.OfType<ProjectResource>())
            Prepare(builder.CreateResourceBuilder(service), plan);
        var system = new ShopSystem(await builder.BuildAsync(limit.Token), plan);
        try
        {
            // Ends with the first service that exits at startup: those that wait for it, and with them the start, would wait until the limit.
            List<Task> steps =
            [
                system.App.StartAsync(limit.Token),
                .. system.Services().Select(
                    s => system.App.ResourceNotifications.WaitForResourceHealthyAsync(s, WaitBehavior.StopOnResourceUnavailable, limit.Token)),
            ];
            while (steps.Count > 0)
            {
                var step = await Task.WhenAny(steps);
                await step;
                steps.Remove(step);
            }

            return system;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            var state = await system.DescribeAsync();
            await system.DisposeAsync();
            var reason = limit.IsCancellationRequested ? $"not within {s_startLimit.TotalMinutes:0} minutes" : e.Message;
            throw new SystemNotUpException($"The shop ({plan.Shape}) did not start: {reason}\n{state}", e);
        }
        catch
        {
            await system.DisposeAsync();
            throw;
        }
    }

    /// <summary>The services that start automatically.</summary>
    public IEnumerable<string> Services() => App.Services.GetRequiredService<DistributedApplicationModel>().Resources
        .Where(r => IsService(r) && !r.HasAnnotationOfType<ExplicitStartupAnnotation>())
        .Select(r => r.Name);

    /// <summary>The current state of each replica of a resource.</summary>
    public IReadOnlyList<ResourceEvent> Instances(string resource) => [.. _instances.Values.Where(e => e.Resource.Name == resource)];

    /// <summary>The processes of a resource.</summary>
    public IReadOnlyList<int> ProcessIds(string resource) =>
        [.. Instances(resource).Select(i => i.Snapshot.Properties.FirstOrDefault(p => p.Name == "executable.pid")?.Value).OfType<object>()
            .Select(pid => Convert.ToInt32(pid, CultureInfo.InvariantCulture))];

    /// <summary>The processes of all services.</summary>
    public IReadOnlySet<int> AllProcessIds() => App.Services.GetRequiredService<DistributedApplicationModel>().Resources
        .Where(IsService).SelectMany(r => ProcessIds(r.Name)).ToHashSet();

    // The servers' processes are children of their servers, and the dashboard is Aspire's own.
    private static bool IsService(IResource resource) => resource is ProjectResource
        || resource is ExecutableResource and not IResourceWithParent && resource.Name != "aspire-dashboard";

    /// <summary>A client of a service, past the gateway. Its requests time out after some seconds.</summary>
    public HttpClient ClientOf(string resource) =>
        new() { BaseAddress = App.GetEndpoint(resource, "http"), Timeout = TimeSpan.FromSeconds(5) };

    public async Task<string> BrokerAsync(CancellationToken cancellation) =>
        await App.GetConnectionStringAsync("broker", cancellation) ?? "";

    /// <summary>Starts a service that was stopped or has exited, and returns when it is healthy.</summary>
    public async Task StartServiceAsync(string resource, CancellationToken cancellation)
    {
        await ExecuteAsync(resource, KnownResourceCommands.StartCommand, cancellation);
        await HealthyAsync(resource, cancellation);
    }

    /// <summary>Stops a service by SIGTERM, and returns when its processes have exited.</summary>
    public async Task StopServiceAsync(string resource, CancellationToken cancellation)
    {
        await ExecuteAsync(resource, KnownResourceCommands.StopCommand, cancellation);
        await EndedAsync(resource, cancellation);
    }

    public Task HealthyAsync(string resource, CancellationToken cancellation) => WithinAsync(
        $"{resource} healthy",
        limit => App.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.WaitOnResourceUnavailable, limit),
        cancellation);

    public Task EndedAsync(string resource, CancellationToken cancellation) => WithinAsync(
        $"{resource} ended",
        limit => App.ResourceNotifications.WaitForResourceAsync(
            resource, e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text), limit),
        cancellation);

    public async Task ExecuteAsync(string resource, string command, CancellationToken cancellation)
    {
        foreach (var instance in Instances(resource))
        {
            var done = await App.ResourceCommands.ExecuteCommandAsync(instance.ResourceId, command, cancellation);
            if (!done.Success)
                throw new InvalidOperationException($"{command} of {instance.ResourceId} failed: {done.Message}");
        }
    }

    /// <summary>The state of every unhealthy resource, and the last lines of its log.</summary>
    public Task<string> DescribeAsync() => SystemState.DescribeAsync(_instances, App.Services.GetRequiredService<ResourceLoggerService>());

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _disposed.CancelAsync();
        await _watch.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _disposed.Dispose();
    }

    private static void Prepare(IResourceBuilder<ProjectResource> service, SystemPlan plan)
    {
        if (plan.Faults)
            service.WithEnvironment(context => FaultInjection.AddTo(context.EnvironmentVariables));
        if (service.Resource.GetReplicaCount() > 1)
            return;
        foreach (var endpoint in service.Resource.Annotations.OfType<EndpointAnnotation>())
            (endpoint.IsProxied, endpoint.Port) = (false, null);
    }

    private async Task WithinAsync(string what, Func<CancellationToken, Task> wait, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_commandLimit);
        try
        {
            await wait(limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited {s_commandLimit.TotalSeconds:0} s for: {what}.\n{await DescribeAsync()}", e);
        }
    }

    private async Task WatchAsync()
    {
        try
        {
            await foreach (var change in App.ResourceNotifications.WatchAsync(_disposed.Token))
                _instances[change.ResourceId] = change;
        }
        catch (OperationCanceledException)
        {
            // The system has stopped, so there is nothing left to watch.
        }
    }
}
