using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Connection strings and external services: nothing to run, but others wait for them and the dashboard shows them.</summary>
internal sealed class ValueResources(
    ResourceNotificationService notifications, ResourceLoggerService loggers, ResourceUrls urls, IDistributedApplicationEventing eventing, IServiceProvider services)
{
    /// <summary>Makes such a resource available once what it is made of is; does nothing for others.</summary>
    public void Start(IResource resource, CancellationToken cancellationToken)
    {
        if (resource is ConnectionStringResource connectionString)
            _ = RunAsync(resource, () => PublishAsync(connectionString, cancellationToken), cancellationToken);
        else if (resource is ExternalServiceResource service)
            _ = RunAsync(resource, () => PublishAsync(service, cancellationToken), cancellationToken);
    }

    private async Task RunAsync(IResource resource, Func<Task> publish, CancellationToken cancellationToken)
    {
        try
        {
            await eventing.PublishAsync(new BeforeResourceStartedEvent(resource, services), cancellationToken).ConfigureAwait(false);
            await notifications.WaitForDependenciesAsync(resource, cancellationToken).ConfigureAwait(false);
            await publish().ConfigureAwait(false);
            await notifications.PublishUpdateAsync(resource, s => s with { State = KnownResourceStates.Running }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application stops.
        }
        catch (Exception e)
        {
            loggers.GetLogger(resource).LogError("{Message}", e.Message);
            await notifications.PublishUpdateAsync(
                resource, s => s with { State = new ResourceStateSnapshot(KnownResourceStates.FailedToStart, KnownResourceStateStyles.Error) }).ConfigureAwait(false);
        }
    }

    private Task PublishAsync(ConnectionStringResource resource, CancellationToken cancellationToken) =>
        eventing.PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancellationToken);

    private async Task PublishAsync(ExternalServiceResource service, CancellationToken cancellationToken)
    {
        if (service.UrlParameter is { } parameter)
            ExternalServiceUrl.Parse(service, await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false));
        await urls.PublishAsync(service, cancellationToken).ConfigureAwait(false);
    }
}
