using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace MsaAspire.ServiceDefaults;

/// <summary>
/// The two probes, in every environment: <c>/health</c> (ready for traffic) and <c>/alive</c> (no restart needed). Each answers with the
/// status and one line for each unhealthy check.
/// </summary>
internal static class Health
{
    private const string Ready = "/health", Alive = "/alive", AliveTag = "live";

    public static bool IsProbe(PathString path) => path.Equals(Ready) || path.Equals(Alive);

    public static void AddHealth(this IHostApplicationBuilder builder) =>
        builder.Services.AddHealthChecks()
            .AddCheck("self", () => HealthCheckResult.Healthy(), [AliveTag])
            .AddCheck<NotStopping>("accepting");

    public static void MapHealth(this WebApplication app)
    {
        // A rate-limited probe would take a healthy service out of traffic.
        app.MapHealthChecks(Ready, new HealthCheckOptions { ResponseWriter = WriteAsync }).DisableRateLimiting();
        app.MapHealthChecks(Alive, new HealthCheckOptions { ResponseWriter = WriteAsync, Predicate = check => check.Tags.Contains(AliveTag) }).DisableRateLimiting();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var unhealthy = report.Entries.Where(e => e.Value.Status != HealthStatus.Healthy)
            .Select(e => $"\n{e.Key}: {e.Value.Status}: {e.Value.Description ?? e.Value.Exception?.Message}");
        return context.Response.WriteAsync(report.Status + string.Concat(unhealthy), context.RequestAborted);
    }

    /// <summary>Not ready as soon as SIGTERM arrives, so that a load balancer stops sending requests.</summary>
    private sealed class NotStopping(IHostApplicationLifetime lifetime) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(lifetime.ApplicationStopping.IsCancellationRequested
                ? HealthCheckResult.Unhealthy("stopping")
                : HealthCheckResult.Healthy());
    }
}
