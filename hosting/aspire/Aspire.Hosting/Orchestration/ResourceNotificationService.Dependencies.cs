using Aspire.Hosting.Dcp;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceNotificationService
{
    /// <summary>
    /// Waits for everything a resource waits for. Meanwhile the resource is in the state Waiting, and its property <c>resource.waitingFor</c> and its log
    /// say for what.
    /// </summary>
    /// <exception cref="DistributedApplicationException">A dependency failed in a way that the wait does not forgive.</exception>
    public async Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        // A parameter has no life that could be waited for.
        var waits = resource.Annotations.OfType<WaitAnnotation>().Where(w => w.Resource is not IResourceWithoutLifetime and not ParameterResource).ToArray();
        if (waits.Length == 0)
            return;

        var logger = _loggers.GetLogger(resource);
        var pending = waits.SelectMany(w => w.Resource.GetInstanceIds().Select(id => (Wait: w, Id: id))).ToList();
        await PublishWaitingAsync(resource, pending.Select(p => p.Id)).ConfigureAwait(false);

        using var others = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A copy: a wait that is over at once takes itself off the list.
        var tasks = pending.ToArray().Select(p => WaitForOneAsync(p.Wait, p.Id)).ToList();
        try
        {
            await foreach (var finished in Task.WhenEach(tasks).ConfigureAwait(false))
                await finished.ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"The resource '{resource.Name}' did not get what it waits for. {Describe(resource.Name)}", e, cancellationToken);
        }
        finally
        {
            await others.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task WaitForOneAsync(WaitAnnotation wait, string id)
        {
            logger.LogInformation("Waiting for resource '{Dependency}' {Goal}.", id, wait.WaitType switch
            {
                WaitType.WaitForCompletion => "to complete",
                WaitType.WaitUntilStarted => "to start",
                _ => "to be healthy",
            });
            await (wait.WaitType == WaitType.WaitForCompletion
                ? WaitForCompletionAsync(resource, wait, id, logger, others.Token)
                : WaitUntilAvailableAsync(resource, wait, id, logger, others.Token)).ConfigureAwait(false);
            logger.LogInformation("Finished waiting for resource '{Dependency}'.", id);

            string[] rest;
            lock (pending)
            {
                pending.Remove((wait, id));
                rest = [.. pending.Select(p => p.Id)];
            }

            await PublishWaitingAsync(resource, rest).ConfigureAwait(false);
        }
    }

    private async Task WaitUntilAvailableAsync(IResource resource, WaitAnnotation wait, string id, ILogger logger, CancellationToken cancellationToken)
    {
        var stops = (wait.WaitBehavior ?? DefaultWaitBehavior) == WaitBehavior.StopOnResourceUnavailable;
        var needsReady = wait.WaitType == WaitType.WaitUntilHealthy;
        string? reported = null;
        var reached = await WaitAsync(wait.Resource.Name, e =>
        {
            if (!string.Equals(e.ResourceId, id, StringComparison.OrdinalIgnoreCase))
                return false;
            if (needsReady ? IsReady(e.Snapshot) : e.Snapshot.IsIn(KnownResourceStates.Running))
                return true;
            if (!e.Snapshot.IsUnavailable())
                return false;
            if (stops)
                return true;

            var state = e.Snapshot.State!.Text;
            if (reported != state)
                logger.LogWarning("Still waiting: '{Dependency}' is {State}, so '{Resource}' does not start until '{Dependency}' is started again.", id, state, resource.Name, id);
            reported = state;
            return false;
        }, needsReady ? "become healthy" : "start", cancellationToken).ConfigureAwait(false);

        if (stops && reached.Snapshot.IsUnavailable())
            throw Unavailable(resource, id, $"it is in the state '{reached.Snapshot.State?.Text}'");

        if (needsReady)
        {
            try
            {
                await reached.Snapshot.ResourceReadyEvent!.EventTask.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw Unavailable(resource, id, $"preparing it for use failed: {e.Message}", e);
            }
        }
    }

    private async Task WaitForCompletionAsync(IResource resource, WaitAnnotation wait, string id, ILogger logger, CancellationToken cancellationToken)
    {
        var ended = await WaitAsync(
            wait.Resource.Name, e => string.Equals(e.ResourceId, id, StringComparison.OrdinalIgnoreCase) && e.Snapshot.IsTerminal(), "complete", cancellationToken)
            .ConfigureAwait(false);
        if (ended.Snapshot.IsIn(KnownResourceStates.FailedToStart))
            throw Unavailable(resource, id, "it failed to start");
        if (ended.Snapshot.ExitCode is { } exitCode && exitCode != wait.ExitCode)
        {
            logger.LogError("Resource '{Dependency}' ended with exit code {ExitCode}; {Expected} was expected.", id, exitCode, wait.ExitCode);
            throw Unavailable(resource, id, $"it ended with exit code {exitCode}; {wait.ExitCode} was expected");
        }
    }

    private static DistributedApplicationException Unavailable(IResource resource, string id, string reason, Exception? inner = null) =>
        new($"The resource '{resource.Name}' stopped waiting for '{id}' because {reason}.", inner!);

    /// <summary>Only instances that are about to start are shown as waiting: the wait may be that of a single replica which is started again.</summary>
    private Task PublishWaitingAsync(IResource resource, IEnumerable<string> ids)
    {
        var waitingFor = ids.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        return PublishUpdateAsync(resource, s => s.State is null || s.IsIn(KnownResourceStates.Starting) || s.IsIn(KnownResourceStates.Waiting)
            ? s with
            {
                State = KnownResourceStates.Waiting,
                Properties = waitingFor.Length > 0 ? s.Properties.Set(KnownProperties.WaitingFor, waitingFor) : s.Properties.Without(KnownProperties.WaitingFor),
            }
            : s);
    }
}
