using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace Hosting.Tests.Model;

public sealed class SnapshotTests
{
    private static readonly CustomResourceSnapshot s_running = new() { ResourceType = "Project", Properties = [], State = KnownResourceStates.Running };

    [Fact]
    public void A_running_resource_without_health_checks_is_healthy() => Assert.Equal(HealthStatus.Healthy, s_running.HealthStatus);

    [Fact]
    public void A_resource_that_does_not_run_has_no_health() =>
        Assert.Null((s_running with { State = KnownResourceStates.Exited }).HealthStatus);

    [Fact]
    public void The_worst_report_counts() => Assert.Equal(
        HealthStatus.Degraded,
        s_running.WithHealthReports([Report(HealthStatus.Healthy), Report(HealthStatus.Degraded)]).HealthStatus);

    [Fact]
    public void A_check_that_has_not_run_yet_counts_as_unhealthy() =>
        Assert.Equal(HealthStatus.Unhealthy, s_running.WithHealthReports([Report(status: null)]).HealthStatus);

    private static HealthReportSnapshot Report(HealthStatus? status) => new("check", status, Description: null, ExceptionText: null);
}
