using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>The health of one resource while at least one of its instances runs.</summary>
internal sealed class ResourceHealth(
    IResource resource, ResourceNotificationService notifications, IDistributedApplicationEventing eventing, HealthCheckService healthChecks,
    IServiceProvider services, ILogger logger, CancellationToken stopping)
{
    private static readonly TimeSpan s_firstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestDelayAtStart = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_delayWhenHealthy = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_checkTimeout = TimeSpan.FromSeconds(15);

    private readonly Lock _lock = new();
    private readonly HashSet<string> _running = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _keys =
        resource.TryGetAnnotationsIncludingAncestorsOfType<HealthCheckAnnotation>(out var checks) ? [.. checks.Select(c => c.Key)] : [];
    private CancellationTokenSource? _loop;
    private EventSnapshot? _ready;
    private ImmutableArray<HealthReportSnapshot> _reports = [];

    /// <summary>Called for every change of every instance, one at a time.</summary>
    public void OnChange(ResourceEvent change)
    {
        lock (_lock)
        {
            if (!change.Snapshot.IsIn(KnownResourceStates.Running))
            {
                if (_running.Remove(change.ResourceId) && _running.Count == 0)
                    StopChecking();
                return;
            }

            _running.Add(change.ResourceId);
            if (_keys.Count == 0)
                _ready ??= Announce();
            else
                StartChecking();
            // A replica that joins later gets what is known of the others at once.
            if ((_ready is not null && change.Snapshot.ResourceReadyEvent is null) || IsOutdated(change.Snapshot))
                Publish(change.ResourceId);
        }
    }

    private bool IsOutdated(CustomResourceSnapshot snapshot) => !_reports.IsEmpty && snapshot.HealthReports.All(r => r.Status is null);

    private void StartChecking()
    {
        if (_loop is not null)
            return;
        _loop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        _ = CheckAsync(_loop.Token);
    }

    private void StopChecking()
    {
        _loop?.Cancel();
        _loop?.Dispose();
        _loop = null;
        _ready = null;
        _reports = [];
    }

    /// <summary>Often until the resource is healthy for the first time, since others wait for that; then now and then, and more often again when it is not.</summary>
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        var delay = s_firstDelay;
        try
        {
            while (true)
            {
                var reports = await RunChecksAsync(cancellationToken).ConfigureAwait(false);
                var isHealthy = reports.All(r => r.Status == HealthStatus.Healthy);
                TimeSpan longest;
                lock (_lock)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    var hasChanged = !reports.Select(Essence).SequenceEqual(_reports.Select(Essence));
                    var becomesReady = isHealthy && _ready is null;
                    _reports = reports;
                    if (becomesReady)
                        _ready = Announce();
                    if (hasChanged || becomesReady)
                    {
                        foreach (var id in _running)
                            Publish(id);
                    }

                    longest = _ready is null ? s_longestDelayAtStart : s_delayWhenHealthy;
                }

                delay = isHealthy ? s_delayWhenHealthy : Min(delay * 1.5, longest);
                await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
                if (isHealthy)
                    delay = s_firstDelay;
            }
        }
        catch (OperationCanceledException)
        {
            // The resource does not run any more.
        }
    }

    private async Task<ImmutableArray<HealthReportSnapshot>> RunChecksAsync(CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_checkTimeout);
        IReadOnlyDictionary<string, HealthReportEntry> entries;
        string? failure = null;
        try
        {
            entries = (await healthChecks.CheckHealthAsync(r => _keys.Contains(r.Name), timeout.Token).ConfigureAwait(false)).Entries;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            (entries, failure) = (new Dictionary<string, HealthReportEntry>(), $"No answer within {s_checkTimeout.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            (entries, failure) = (new Dictionary<string, HealthReportEntry>(), e.Message);
        }

        return
        [
            .. _keys.Order(StringComparer.Ordinal).Select(key => entries.TryGetValue(key, out var entry)
                ? new HealthReportSnapshot(key, entry.Status, entry.Description, entry.Exception?.ToString()) { LastRunAt = DateTime.UtcNow }
                : new HealthReportSnapshot(
                    key, HealthStatus.Unhealthy, failure ?? $"No health check is registered under the name '{key}'.", ExceptionText: null) { LastRunAt = DateTime.UtcNow }),
        ];
    }

    private EventSnapshot Announce()
    {
        // Off this thread: subscribers may take their time, and may wait for states themselves.
        var handling = Task.Run(() => eventing.PublishAsync(new ResourceReadyEvent(resource, services), stopping), stopping);
        _ = handling.ContinueWith(
            failed => logger.LogError(failed.Exception!.InnerException, "Preparing the resource '{Resource}' for use failed.", resource.Name),
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return new EventSnapshot(handling);
    }

    private void Publish(string id)
    {
        var (ready, reports) = (_ready, _reports);
        _ = notifications.PublishUpdateAsync(resource, id, s => s.IsIn(KnownResourceStates.Running)
            ? s with { ResourceReadyEvent = ready, HealthReports = reports.IsEmpty ? s.HealthReports : reports }
            : s);
    }

    private static (string, HealthStatus?, string?) Essence(HealthReportSnapshot report) => (report.Name, report.Status, report.Description);

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
