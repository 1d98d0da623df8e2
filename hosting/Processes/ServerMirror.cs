using System.Diagnostics;
using System.Net.NetworkInformation;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MsaAspire.Hosting.Processes;

/// <summary>
/// Makes a server look as if it ran itself while its process does: address, connection string, state and log. Health checks,
/// creation of databases and waits hang on those and need nothing else.
/// </summary>
internal sealed class ServerMirror(IResource server, ServerProcessResource process, DistributedApplicationModel model, IServiceProvider services)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    // A server that does not listen by then is checked all the same, so that it is told why.
    private static readonly TimeSpan ListenLimit = TimeSpan.FromSeconds(15);

    private readonly ResourceNotificationService _notifications = services.GetRequiredService<ResourceNotificationService>();
    private readonly IDistributedApplicationEventing _eventing = services.GetRequiredService<IDistributedApplicationEventing>();
    private bool _announced;

    public void Start()
    {
        _eventing.Subscribe<ResourceEndpointsAllocatedEvent>(process, (_, cancellationToken) => AnnounceAsync(cancellationToken));
        _ = FollowStateAsync(services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped);
    }

    private IEnumerable<IResource> Children => model.Resources.Where(resource => resource is IResourceWithParent { Parent: var parent } and not ServerProcessResource && parent == server);

    private async Task AnnounceAsync(CancellationToken cancellationToken)
    {
        foreach (var endpoint in server.Annotations.OfType<EndpointAnnotation>())
        {
            if (process.Annotations.OfType<EndpointAnnotation>().FirstOrDefault(own => own.Name == endpoint.Name)?.AllocatedEndpoint is { } allocated)
            {
                endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, allocated.Address, allocated.Port);
            }
        }

        if (_announced)
        {
            return;
        }

        _announced = true;
        foreach (var resource in Children.Prepend(server).OfType<IResourceWithConnectionString>())
        {
            await _eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancellationToken);
        }
    }

    private async Task FollowStateAsync(CancellationToken cancellationToken)
    {
        Task? log = null;
        try
        {
            await foreach (var change in _notifications.WatchAsync(cancellationToken))
            {
                if (change.Resource != process)
                {
                    continue;
                }

                log ??= FollowLogAsync(change.ResourceId, cancellationToken);
                await UntilItListensAsync(change.ResourceId, cancellationToken);
                var urls = change.Snapshot.Urls;
                await _notifications.PublishUpdateAsync(server, snapshot => Mirror(snapshot, change.Snapshot) with
                {
                    Urls = [.. urls.Where(url => server.Annotations.OfType<EndpointAnnotation>().Any(endpoint => endpoint.Name == url.Name))],
                });
                foreach (var child in Children)
                {
                    await _notifications.PublishUpdateAsync(child, snapshot => Mirror(snapshot, change.Snapshot));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application has stopped.
        }
    }

    // Aspire checks the health of what is running at once, and after an unhealthy result 1, 2, 3 and more seconds later. What is shown as
    // running before it listens would be found healthy seconds too late, and so would what waits for it.
    private async Task UntilItListensAsync(string processId, CancellationToken cancellationToken)
    {
        using var poll = new PeriodicTimer(Poll);
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < ListenLimit && IsRunning() && !Listens();)
        {
            await poll.WaitForNextTickAsync(cancellationToken);
        }

        bool IsRunning() => _notifications.TryGetCurrentState(processId, out var now) && now.Snapshot.State?.Text == KnownResourceStates.Running;

        // The server's own first endpoint is where its clients connect; the process may have others, which listen earlier.
        bool Listens() => server.Annotations.OfType<EndpointAnnotation>().FirstOrDefault()?.AllocatedEndpoint?.Port is { } port
            && IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(address => address.Port == port);
    }

    private static CustomResourceSnapshot Mirror(CustomResourceSnapshot snapshot, CustomResourceSnapshot from) => snapshot with
    {
        State = from.State,
        StartTimeStamp = from.StartTimeStamp,
        StopTimeStamp = from.StopTimeStamp,
        ExitCode = from.ExitCode,
    };

    private async Task FollowLogAsync(string processId, CancellationToken cancellationToken)
    {
        var logs = services.GetRequiredService<ResourceLoggerService>();
        var log = logs.GetLogger(server);
        try
        {
            await foreach (var lines in logs.WatchAsync(processId).WithCancellation(cancellationToken))
            {
                foreach (var line in lines)
                {
                    log.LogInformation("{Line}", WithoutTimestamp(line.Content));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application has stopped.
        }
    }

    // The server's own log puts a time before each line.
    private static string WithoutTimestamp(string line)
    {
        var blank = line.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 && line[blank - 1] == 'Z' && DateTimeOffset.TryParse(line.AsSpan(0, blank), out _) ? line[(blank + 1)..] : line;
    }
}
