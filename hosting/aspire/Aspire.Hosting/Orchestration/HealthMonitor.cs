using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Checks the health of whatever is published as running, whoever runs it, and announces when a resource is ready. It only listens to notifications, so
/// it serves resources that DCP does not know as well.
/// </summary>
internal sealed class HealthMonitor(
    ResourceNotificationService notifications, IDistributedApplicationEventing eventing, HealthCheckService healthChecks,
    IServiceProvider services, ILogger<HealthMonitor> logger)
{
    private readonly ConcurrentDictionary<IResource, ResourceHealth> _resources = new();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                var health = _resources.GetOrAdd(
                    change.Resource, r => new ResourceHealth(r, notifications, eventing, healthChecks, services, logger, cancellationToken));
                health.OnChange(change);
            }
        }
        catch (OperationCanceledException)
        {
            // The application stops.
        }
    }
}
