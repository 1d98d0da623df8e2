using System.Runtime.CompilerServices;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Cli;

/// <summary>What <c>aspire run</c> and <c>aspire start</c> call, by these names, on the AppHost they have started.</summary>
internal sealed class MainChannel(
    DashboardAddresses dashboard, AppHostReadiness readiness, AppHostLog log, ResourceNotificationService notifications, IHostApplicationLifetime lifetime,
    CancellationToken gone)
{
    // The rest of what an AppHost may know is publishing, which the tool of this repository does.
    private static readonly string[] s_capabilities = ["baseline.v2"];

    public Task<string[]> GetCapabilitiesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(s_capabilities);
    }

    public Task<DashboardUrls> GetDashboardUrlsAsync(CancellationToken cancellationToken) => dashboard.HealthyAsync(cancellationToken);

    public Task NotifyAppHostReadyAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        readiness.Announce();
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<AppHostLogEntry> GetAppHostLogEntriesAsync(CancellationToken cancellationToken) =>
        log.ReadAsync(cancellationToken).UntilAsync(gone, cancellationToken);

    public IAsyncEnumerable<ResourceState> GetResourceStatesAsync(CancellationToken cancellationToken) =>
        StatesAsync(cancellationToken).UntilAsync(gone, cancellationToken);

    public Task RequestStopAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lifetime.StopApplication();
        return Task.CompletedTask;
    }

    private async IAsyncEnumerable<ResourceState> StatesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (update.Snapshot.IsHidden)
                continue;
            yield return new(
                update.ResourceId, update.Snapshot.ResourceType, update.Snapshot.State?.Text ?? "Unknown",
                [.. update.Snapshot.Urls.Where(u => !u.IsInternal && !u.IsInactive).Select(u => u.Url)], update.Snapshot.HealthStatus?.ToString());
        }
    }
}
