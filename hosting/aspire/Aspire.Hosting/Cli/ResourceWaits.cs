using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Cli;

/// <summary>Waits until a resource is as the user wants it: all its replicas, unless one of them is named.</summary>
internal sealed class ResourceWaits(
    CliResources resources, AppHostReadiness readiness, ResourceNotificationService notifications, ILogger<DistributedApplication> logger)
{
    /// <summary>What can be waited for.</summary>
    public static readonly IReadOnlyList<string> Statuses = [Healthy, Up, Down];

    private const string Healthy = "healthy", Up = "up", Down = "down";

    /// <summary>No wait is without a limit.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);

    public async Task<WaitResponse> WaitAsync(WaitRequest request, CancellationToken cancellationToken)
    {
        var status = request.Status.ToLowerInvariant();
        if (!Statuses.Contains(status))
            return new(false) { ErrorMessage = $"'{request.Status}' cannot be waited for. Choose one of {string.Join(", ", Statuses)}." };
        var limit = request.TimeoutSeconds > 0 ? TimeSpan.FromSeconds(request.TimeoutSeconds) : s_longest;
        limit = limit < s_longest ? limit : s_longest;
        using var timeout = new CancellationTokenSource(limit);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await readiness.InitializedAsync(ending.Token).ConfigureAwait(false);
            // The protocol has a word for it (resourceNotFound), at which the client says so without the names that there are.
            if (resources.Find(request.ResourceName).Count == 0)
                return new(false) { ErrorMessage = resources.Unknown(request.ResourceName) };
            // One may be so no longer when the last one is.
            while (resources.Find(request.ResourceName).Any(replica => !IsReachedForGood(replica.Snapshot, status)))
                await WaitForAllAsync(resources.Find(request.ResourceName), status, ending.Token).ConfigureAwait(false);
            return Reached(request.ResourceName);
        }
        catch (GaveUpException e)
        {
            return new(false) { ErrorMessage = e.Message };
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Of a timeout the client tells no more than that, and where the log is.
            var message = $"'{request.ResourceName}' is not {status} after {limit.TotalSeconds:0} s. {notifications.Describe(request.ResourceName)}";
            logger.LogWarning("Waited in vain: {Reason}", message);
            return new(false) { TimedOut = true, ErrorMessage = message };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(false) { ErrorMessage = $"The application stopped before '{request.ResourceName}' was {status}." };
        }
    }

    /// <summary>The first replica that gives up ends the wait for all.</summary>
    private async Task WaitForAllAsync(IEnumerable<ResourceEvent> replicas, string status, CancellationToken cancellationToken)
    {
        using var others = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waits = replicas.Select(replica => WaitForOneAsync(replica, status, others.Token)).ToList();
        try
        {
            await foreach (var wait in Task.WhenEach(waits).ConfigureAwait(false))
                await wait.ConfigureAwait(false);
        }
        finally
        {
            await others.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(waits).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WaitForOneAsync(ResourceEvent replica, string status, CancellationToken cancellationToken)
    {
        await foreach (var update in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (update.ResourceId != replica.ResourceId)
                continue;
            if (IsReached(update.Snapshot, status))
            {
                if (status == Healthy)
                    await PreparedAsync(update, cancellationToken).ConfigureAwait(false);
                return;
            }

            if (status != Down && update.Snapshot.IsUnavailable())
                throw new GaveUpException($"'{update.ResourceId}' will not be {status}. {notifications.Describe(update.ResourceId)}");
        }
    }

    /// <summary>Waits until those who prepare a healthy resource for use are done.</summary>
    private static async Task PreparedAsync(ResourceEvent update, CancellationToken cancellationToken)
    {
        try
        {
            await update.Snapshot.ResourceReadyEvent!.EventTask.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new GaveUpException($"'{update.ResourceId}' is healthy, but could not be prepared for use: {e.Message}");
        }
    }

    private static bool IsReached(CustomResourceSnapshot snapshot, string status) => status switch
    {
        Healthy => snapshot is { HealthStatus: HealthStatus.Healthy, ResourceReadyEvent: not null },
        Up => snapshot.IsIn(KnownResourceStates.Running),
        _ => snapshot.IsTerminal() || snapshot.IsIn(KnownResourceStates.NotStarted),
    };

    private static bool IsReachedForGood(CustomResourceSnapshot snapshot, string status) =>
        IsReached(snapshot, status) && (status != Healthy || snapshot.ResourceReadyEvent!.EventTask.IsCompletedSuccessfully);

    /// <summary>With the state of the replica that is worst off.</summary>
    private WaitResponse Reached(string name)
    {
        var worst = resources.Find(name).MinBy(replica => replica.Snapshot.HealthStatus ?? HealthStatus.Unhealthy)?.Snapshot;
        return new(true) { State = worst?.State?.Text, HealthStatus = worst?.HealthStatus?.ToString() };
    }

    /// <summary>Waiting on makes no sense.</summary>
    private sealed class GaveUpException(string message) : Exception(message);
}
