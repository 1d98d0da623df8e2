using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Dcp.Model;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Publishes what DCP says of its objects as states of the resources, and announces their end.</summary>
internal sealed class DcpChanges(
    DcpClient client, ResourceNotificationService notifications, ResourceLoggerService loggers, ResourceHierarchy hierarchy,
    IDistributedApplicationEventing eventing, IServiceProvider services, ILogger logger)
{
    private int _engineReported;

    public async Task OnExecutableAsync(ResourceInstance instance, Executable executable, bool isDeleted)
    {
        var hasFailed = false;
        await PublishAsync(instance, isDeleted, s =>
        {
            var next = DcpSnapshots.Apply(s, instance, executable);
            hasFailed = next.IsIn(KnownResourceStates.FailedToStart) && !s.IsIn(KnownResourceStates.FailedToStart);
            return next;
        }).ConfigureAwait(false);
        if (hasFailed)
            await ExplainFailureAsync(instance, executable).ConfigureAwait(false);
    }

    public async Task OnContainerAsync(ResourceInstance instance, Container container, bool isDeleted)
    {
        await PublishAsync(instance, isDeleted, s => DcpSnapshots.Apply(s, instance, container)).ConfigureAwait(false);
        if (container.Status?.State == ContainerState.RuntimeUnhealthy)
            ReportMissingEngine(instance);
        if (!notifications.TryGetCurrentState(instance.Id, out var current))
            return;

        foreach (var dependent in hierarchy.DependentsOf(instance.Resource))
        {
            await notifications.PublishUpdateAsync(dependent, s => s with
            {
                State = current.Snapshot.State,
                StartTimeStamp = current.Snapshot.StartTimeStamp,
                StopTimeStamp = current.Snapshot.StopTimeStamp,
            }).ConfigureAwait(false);
        }
    }

    private async Task PublishAsync(ResourceInstance instance, bool isDeleted, Func<CustomResourceSnapshot, CustomResourceSnapshot> apply)
    {
        var hasEnded = false;
        await notifications.PublishUpdateAsync(instance.Resource, instance.Id, s =>
        {
            var next = apply(s);
            if (isDeleted && !next.IsTerminal())
                next = next with { State = KnownResourceStates.Exited };
            hasEnded = next.IsTerminal() && !s.IsTerminal();
            return next;
        }).ConfigureAwait(false);

        if (hasEnded && notifications.TryGetCurrentState(instance.Id, out var ended))
            _ = AnnounceEndAsync(instance.Resource, ended);
    }

    private async Task AnnounceEndAsync(IResource resource, ResourceEvent ended)
    {
        try
        {
            foreach (var stopped in hierarchy.DependentsOf(resource).Prepend(resource))
                await eventing.PublishAsync(new ResourceStoppedEvent(stopped, services, ended)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            logger.LogError(e, "A subscriber to the end of resource '{Resource}' failed.", resource.Name);
        }
    }

    /// <summary>Why a process could not be started is in DCP's own log of the object only.</summary>
    private async Task ExplainFailureAsync(ResourceInstance instance, Executable executable)
    {
        var resourceLogger = loggers.GetLogger(instance.Id);
        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await foreach (var line in client.ReadLogAsync(executable.Plural, executable.Name, "system", deadline.Token).ConfigureAwait(false))
            {
                if (line.Contains("\terror\t", StringComparison.Ordinal))
                    resourceLogger.LogError("{Message}", string.Join(' ', line.Split('\t').Skip(3)));
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or DistributedApplicationException)
        {
            logger.LogDebug("The reason why '{Name}' failed to start is not known: {Message}", instance.Id, e.Message);
        }
    }

    private void ReportMissingEngine(ResourceInstance instance)
    {
        const string Message = "There is no container engine, so the containers of this application cannot run. Install and start Docker or Podman; "
            + "where the application offers servers as plain processes, run it with Backing=process.";
        if (Interlocked.Exchange(ref _engineReported, 1) == 0)
            logger.LogError("{Message}", Message);
        loggers.GetLogger(instance.Id).LogError("{Message}", Message);
    }
}
