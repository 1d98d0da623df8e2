using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Cli;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace Hosting.Tests.Cli;

public sealed class SnapshotMappingTests
{
    private static readonly CustomResourceSnapshot s_snapshot = new() { ResourceType = "Executable", Properties = [] };

    [Fact]
    public void Secret_arguments_and_properties_are_not_shown()
    {
        var shown = Map(s_snapshot with
        {
            Properties =
            [
                new("resource.appArgs", new[] { "--token", "secret", "--port" }),
                new("resource.appArgsSensitivity", new[] { 0, 1, 0 }),
                new("executable.args", new[] { "secret" }) { IsSensitive = true },
            ],
        });

        Assert.Equal(["--token", "*****", "--port"], Assert.IsType<object?[]>(shown.Properties["resource.appArgs"]));
        Assert.DoesNotContain("executable.args", shown.Properties.Keys);
    }

    [Fact]
    public void A_check_that_failed_has_its_reason_even_where_only_the_exception_tells_it()
    {
        var reports = Map(s_snapshot.WithHealthReports(
        [
            new("told", HealthStatus.Unhealthy, "no such queue", "Exception: 404\n   at Somewhere"),
            new("thrown", HealthStatus.Degraded, Description: null, "TimeoutException: too slow\n   at Somewhere"),
            new("good", HealthStatus.Healthy, Description: null, ExceptionText: null),
            new("pending", Status: null, Description: null, ExceptionText: null),
        ])).HealthReports;

        Assert.Equal(["no such queue", "TimeoutException: too slow", null, null], reports.Select(r => r.Description));
        Assert.Equal(["Unhealthy", "Degraded", "Healthy", null], reports.Select(r => r.Status));
    }

    [Fact]
    public void What_a_resource_waits_for_is_told_while_it_waits()
    {
        var waiting = s_snapshot with { State = KnownResourceStates.Waiting, Properties = [new("resource.waitingFor", new[] { "broker", "db-abcdefgh" })] };
        Assert.Equal(["broker", "db-abcdefgh"], Map(waiting).WaitingFor);
        Assert.Null(Map(s_snapshot).WaitingFor);
    }

    private static ResourceSnapshot Map(CustomResourceSnapshot snapshot) =>
        SnapshotMapping.ToSnapshot(new(new ExecutableResource("worker", "worker", "."), "worker-abcdefgh", snapshot));
}
