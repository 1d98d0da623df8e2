using System.Text;
using Aspire.Hosting.Orchestration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

public partial class ResourceNotificationService
{
    /// <summary>Waits until a resource is in a state.</summary>
    /// <param name="resourceName">The resource.</param>
    /// <param name="targetState">One of <see cref="KnownResourceStates"/>; Running when null.</param>
    /// <param name="cancellationToken">Ends the wait; the exception then says what state the resource is in and what it waits for itself.</param>
    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, [string.IsNullOrEmpty(targetState) ? KnownResourceStates.Running : targetState], cancellationToken);

    /// <summary>Waits until a resource is in one of several states and returns it.</summary>
    /// <inheritdoc cref="WaitForResourceAsync(string, string?, CancellationToken)"/>
    public async Task<string> WaitForResourceAsync(string resourceName, IEnumerable<string> targetStates, CancellationToken cancellationToken = default)
    {
        var states = targetStates.ToArray();
        var reached = await WaitAsync(
            resourceName, e => states.Any(e.Snapshot.IsIn), $"reach the state {string.Join(" or ", states)}", cancellationToken).ConfigureAwait(false);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits until an event of a resource meets a condition.</summary>
    /// <inheritdoc cref="WaitForResourceAsync(string, string?, CancellationToken)"/>
    public Task<ResourceEvent> WaitForResourceAsync(string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default) =>
        WaitAsync(resourceName, predicate, "meet the condition", cancellationToken);

    /// <summary>Waits until a resource is healthy and those who prepare it for use are done; one without health checks is healthy when it runs.</summary>
    /// <inheritdoc cref="WaitForResourceAsync(string, string?, CancellationToken)"/>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <summary>Waits until a resource is healthy and those who prepare it for use are done; one without health checks is healthy when it runs.</summary>
    /// <param name="resourceName">The resource.</param>
    /// <param name="waitBehavior">Whether to go on waiting when the resource ends or fails.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DistributedApplicationException">The resource ended or failed, and <paramref name="waitBehavior"/> says to stop then.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, WaitBehavior waitBehavior, CancellationToken cancellationToken = default)
    {
        var stops = waitBehavior == WaitBehavior.StopOnResourceUnavailable;
        var healthy = await WaitAsync(
            resourceName, e => (stops && e.Snapshot.IsUnavailable()) || IsReady(e.Snapshot), "become healthy", cancellationToken).ConfigureAwait(false);
        if (!IsReady(healthy.Snapshot))
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for resource '{resourceName}' to become healthy because it is in the state '{healthy.Snapshot.State?.Text}'.");
        }

        await healthy.Snapshot.ResourceReadyEvent!.EventTask.WaitAsync(cancellationToken).ConfigureAwait(false);
        return healthy;
    }

    private static bool IsReady(CustomResourceSnapshot snapshot) => snapshot is { HealthStatus: HealthStatus.Healthy, ResourceReadyEvent: not null };

    private async Task<ResourceEvent> WaitAsync(string resourceName, Func<ResourceEvent, bool> predicate, string goal, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        try
        {
            await foreach (var change in WatchAsync(stop.Token).ConfigureAwait(false))
            {
                if (string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && predicate(change))
                    return change;
            }
        }
        catch (OperationCanceledException e)
        {
            var message = $"The resource '{resourceName}' did not {goal} before the wait was cancelled. {Describe(resourceName)}";
            _logger.LogDebug("{Message}", message);
            throw new OperationCanceledException(message, e, e.CancellationToken);
        }

        throw new OperationCanceledException($"The application stopped while waiting for the resource '{resourceName}' to {goal}.");
    }

    /// <summary>What is known of a resource that somebody waited for in vain.</summary>
    internal string Describe(string resourceName)
    {
        var text = new StringBuilder();
        foreach (var (id, entry) in _entries)
        {
            if (!string.Equals(entry.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase) && !string.Equals(id, resourceName, StringComparison.OrdinalIgnoreCase))
                continue;
            var snapshot = entry.Snapshot;
            text.Append($"'{id}' is {snapshot?.State?.Text ?? "not initialized"}");
            if (snapshot?.ExitCode is { } exitCode)
                text.Append($", exit code {exitCode}");
            if (snapshot?.HealthStatus is { } health)
                text.Append($", {health}");
            foreach (var report in snapshot?.HealthReports.Where(r => r.Status != HealthStatus.Healthy) ?? [])
                text.Append($"; health check '{report.Name}': {report.Status?.ToString() ?? "not run yet"} {report.ExceptionText?.Split('\n')[0] ?? report.Description}");
            if (snapshot?.Properties.Get<IEnumerable<string>>(KnownProperties.WaitingFor) is { } waitingFor)
                text.Append($"; it waits for {string.Join(", ", waitingFor.Select(Summary))}");
            text.Append(". ");
        }

        return text.Length > 0 ? text.ToString().TrimEnd() : $"There is no resource '{resourceName}', or it has not been initialized yet.";
    }

    private string Summary(string name) =>
        TryGetCurrentState(name, out var current) ? $"'{name}' ({current.Snapshot.State?.Text}, {current.Snapshot.HealthStatus?.ToString() ?? "no health"})" : $"'{name}'";
}
