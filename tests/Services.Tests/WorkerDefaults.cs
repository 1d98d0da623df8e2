using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaAspire.ServiceDefaults;
using Xunit;

namespace Services.Tests;

/// <summary>ServiceDefaults serve every host, as those of the template do.</summary>
public sealed class WorkerDefaults
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_without_a_web_server_has_the_same_health_checks_and_runs_its_loops()
    {
        var ran = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.Services.AddBackgroundLoop(services => new Loop(ran, services.GetRequiredService<ILogger<Loop>>()));
        using var worker = builder.Build();
        await worker.StartAsync(Cancelled);

        await ran.Task.WaitAsync(s_limit, Cancelled);
        var health = await worker.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancelled);
        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Superset(new HashSet<string> { "self", "accepting", "background work" }, health.Entries.Keys.ToHashSet());

        await worker.StopAsync(Cancelled);
    }

    private sealed class Loop(TaskCompletionSource ran, ILogger logger) : BackgroundLoop("work", logger)
    {
        protected override Task RunAsync(CancellationToken stopping)
        {
            Running();
            ran.TrySetResult();
            return Task.Delay(Timeout.Infinite, stopping);
        }
    }
}
