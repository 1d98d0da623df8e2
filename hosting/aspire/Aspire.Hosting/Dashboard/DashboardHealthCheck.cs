using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Dashboard;

/// <summary>Healthy when the dashboard answers.</summary>
internal sealed class DashboardHealthCheck(DistributedApplicationModel model) : IHealthCheck, IDisposable
{
    public const string Key = "aspire_dashboard_check";

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(5) };

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var dashboard = DashboardResource.In(model);
        if (dashboard is null || DashboardResource.Frontend(dashboard) is not { IsAllocated: true } endpoint)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "The dashboard has no address yet.");
        }

        try
        {
            using var response = await _client.GetAsync(new Uri(new Uri(endpoint.Url), "/health"), cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus, $"The dashboard answers {(int)response.StatusCode} at {endpoint.Url}/health.");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, $"The dashboard does not answer at {endpoint.Url}.", e);
        }
    }

    public void Dispose() => _client.Dispose();
}
