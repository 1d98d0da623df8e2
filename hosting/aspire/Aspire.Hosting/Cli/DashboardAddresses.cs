using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Cli;

/// <summary>Where the dashboard is, for people and for those who ask it for telemetry.</summary>
internal sealed class DashboardAddresses(DistributedApplicationModel model, ResourceNotificationService notifications, IServiceProvider services)
{
    /// <summary>The address is known as soon as the dashboard starts. One that does not start holds nobody up for longer than this.</summary>
    private static readonly TimeSpan s_assigned = TimeSpan.FromSeconds(10);

    private DashboardUrls Urls => new(IsHealthy, LoginUrl, CodespacesUrlWithLoginToken: null);

    /// <summary>As it is now, with the key to its API.</summary>
    public DashboardInfoResponse Info => new(
        BaseUrl, services.GetService<DashboardOptions>()?.TelemetryApiKey, LoginUrl is { } url ? [url] : [], IsHealthy);

    private ExecutableResource? Dashboard => DashboardResource.In(model);

    private bool IsHealthy =>
        Dashboard is not null && notifications.TryGetCurrentState(DashboardResource.Name, out var current)
        && current.Snapshot.HealthStatus == HealthStatus.Healthy;

    private string? BaseUrl =>
        Dashboard is { } dashboard && DashboardResource.Frontend(dashboard) is { IsAllocated: true } frontend ? frontend.Url.TrimEnd('/') : null;

    private string? LoginUrl =>
        BaseUrl is { } url ? DashboardResource.LoginUrl(url, services.GetService<DashboardOptions>()?.BrowserToken) : null;

    /// <summary>As it is when the dashboard has its address; without one at once.</summary>
    public async Task<DashboardUrls> AssignedAsync(CancellationToken cancellationToken)
    {
        if (Dashboard is null || BaseUrl is not null)
            return Urls;
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(s_assigned);
        Task assigned = notifications.WaitForResourceAsync(DashboardResource.Name, _ => BaseUrl is not null, ending.Token);
        await assigned.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return Urls;
    }

    /// <summary>As it is when the dashboard answers; without one at once.</summary>
    public async Task<DashboardUrls> HealthyAsync(CancellationToken cancellationToken)
    {
        if (Dashboard is null)
            return new(DashboardHealthy: false, null, null);
        await notifications.WaitForResourceHealthyAsync(
            DashboardResource.Name, WaitBehavior.WaitOnResourceUnavailable, cancellationToken).ConfigureAwait(false);
        return Urls;
    }
}
