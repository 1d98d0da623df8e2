using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MsaAspire.Hosting.Processes;

/// <summary>
/// Says on the console why a start does not go on: one line for each resource that another waits for and that has ended, failed to start, or
/// stayed unhealthy. Otherwise only the dashboard knows, and who looks at the console waits for ever.
/// </summary>
internal sealed class StartReport
{
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<string, ResourceEvent> _current = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTime> _unhealthySince = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private readonly DistributedApplicationModel _model;
    private readonly ResourceNotificationService _notifications;
    private readonly BlockedResource _text;
    private readonly ILogger _log;
    private readonly TimeSpan _patience;

    public StartReport(
        DistributedApplicationModel model, ResourceNotificationService notifications, BlockedResource text, StartReportOptions options,
        ILoggerFactory logs, IHostApplicationLifetime lifetime)
    {
        _model = model;
        _notifications = notifications;
        _text = text;
        _log = ServerProcess.Log(logs);
        _patience = options.Patience;
        _ = FollowAsync(lifetime.ApplicationStopping);
        _ = LookAsync(lifetime.ApplicationStopping);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var change in _notifications.WatchAsync(cancellationToken))
            {
                _current[change.ResourceId] = change;
                if (IsUnhealthy(change.Snapshot))
                {
                    _unhealthySince.TryAdd(change.ResourceId, DateTime.UtcNow);
                }
                else
                {
                    _unhealthySince.TryRemove(change.ResourceId, out _);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application is stopping.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Poll);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await ReportAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The application is stopping.
        }
    }

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        // The model is in the order in which it was built: a server comes before its databases, which are unhealthy for the same reason.
        var blocked = new HashSet<IResource>();
        var instances = _current.Values.ToLookup(change => change.Resource);
        foreach (var resource in _model.Resources)
        {
            var waiting = Waiting(resource, instances).ToList();
            foreach (var change in instances[resource].Where(change => waiting.Exists(wait => Blocks(change, wait.Wait))))
            {
                blocked.Add(resource);
                var followsParent = resource is IResourceWithParent { Parent: var parent } && blocked.Contains(parent);
                if (!followsParent && _reported.Add($"{change.ResourceId} {change.Snapshot.State?.Text} {change.Snapshot.StartTimeStamp:O}"))
                {
                    var line = await _text.DescribeAsync(change, [.. waiting.Select(wait => wait.Name)], _patience, cancellationToken);
                    // What has ended needs somebody; what is unhealthy may only be slow.
                    _log.Log(KnownResourceStates.TerminalStates.Contains(change.Snapshot.State?.Text) ? LogLevel.Error : LogLevel.Warning, "{Message}", line);
                }
            }
        }
    }

    private IEnumerable<(string Name, WaitAnnotation Wait)> Waiting(IResource target, ILookup<IResource, ResourceEvent> instances) =>
        from waiter in _model.Resources
        where instances[waiter].Any(change => change.Snapshot.State?.Text == KnownResourceStates.Waiting)
        from wait in waiter.Annotations.OfType<WaitAnnotation>()
        where wait.Resource == target
        select (waiter.Name, wait);

    private bool Blocks(ResourceEvent change, WaitAnnotation wait)
    {
        var state = change.Snapshot.State?.Text;
        return KnownResourceStates.TerminalStates.Contains(state)
            ? wait.WaitType != WaitType.WaitForCompletion || state == KnownResourceStates.FailedToStart || change.Snapshot.ExitCode != wait.ExitCode
            : wait.WaitType == WaitType.WaitUntilHealthy && _unhealthySince.TryGetValue(change.ResourceId, out var since) && DateTime.UtcNow - since >= _patience;
    }

    private static bool IsUnhealthy(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text == KnownResourceStates.Running && snapshot.HealthReports.Any(report => report.Status is not HealthStatus.Healthy);
}

/// <param name="Patience">How long a resource may stay unhealthy.</param>
internal sealed record StartReportOptions(TimeSpan Patience);
