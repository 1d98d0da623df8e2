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
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(limit < s_longest ? limit : s_longest);
        try
        {
            await readiness.InitializedAsync(ending.Token).ConfigureAwait(false);
            var replicas = resources.Find(request.ResourceName);
            // The protocol has a word for it (resourceNotFound), at which the client says so without the names that there are.
            if (replicas.Count == 0)
                return new(false) { ErrorMessage = resources.Unknown(request.ResourceName) };
            await Task.WhenAll(replicas.Select(replica => WaitForOneAsync(replica, status, ending.Token))).ConfigureAwait(false);
            return Reached(request.ResourceName);
        }
        catch (GaveUpException e)
        {
            return new(false) { ErrorMessage = e.Message };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Of a timeout the client tells no more than that, and where the log is.
            var message = $"'{request.ResourceName}' is not {status} after {limit.TotalSeconds:0} s. {notifications.Describe(request.ResourceName)}";
            logger.LogWarning("Waited in vain: {Reason}", message);
            return new(false) { TimedOut = true, ErrorMessage = message };
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
                    await update.Snapshot.ResourceReadyEvent!.EventTask.WaitAsync(cancellationToken).ConfigureAwait(false);
                return;
            }

            if (status != Down && update.Snapshot.IsTerminal())
                throw new GaveUpException($"'{update.ResourceId}' has ended. {notifications.Describe(update.ResourceId)}");
        }

        throw new GaveUpException($"The application stopped before '{replica.ResourceId}' was {status}.");
    }

    private static bool IsReached(CustomResourceSnapshot snapshot, string status) => status switch
    {
        Healthy => snapshot is { HealthStatus: HealthStatus.Healthy, ResourceReadyEvent: not null },
        Up => snapshot.IsIn(KnownResourceStates.Running),
        _ => snapshot.IsTerminal() || snapshot.IsIn(KnownResourceStates.NotStarted),
    };

    /// <summary>With the state of the replica that is worst off.</summary>
    private WaitResponse Reached(string name)
    {
        var worst = resources.Find(name).MinBy(replica => replica.Snapshot.HealthStatus ?? HealthStatus.Unhealthy)?.Snapshot;
        return new(true) { State = worst?.State?.Text, HealthStatus = worst?.HealthStatus?.ToString() };
    }

    /// <summary>Waiting on makes no sense.</summary>
    private sealed class GaveUpException(string message) : Exception(message);
}
