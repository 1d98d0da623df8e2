using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;
using Proto = Aspire.Hosting.Dashboard.Proto;

namespace Hosting.Tests.Dashboard;

public sealed class ResourceMappingTests
{
    [Fact]
    public void A_replica_has_its_own_name_and_the_display_name_of_its_resource()
    {
        var mapped = Map(Snapshot());

        Assert.Equal("worker-abcdefgh", mapped.Name);
        Assert.Equal("worker", mapped.DisplayName);
        Assert.Equal("worker", Property(mapped, "resource.displayName").Value.StringValue);
    }

    [Fact]
    public void What_was_never_created_has_a_creation_time_all_the_same()
    {
        Assert.NotNull(Map(Snapshot()).CreatedAt);
        Assert.Null(Map(Snapshot()).StartedAt);
    }

    [Fact]
    public void A_sensitive_property_stays_one()
    {
        var mapped = Map(Snapshot() with
        {
            Properties = [new("password", "secret") { IsSensitive = true }, new("args", new[] { "--port", "1" })],
        });

        Assert.True(Property(mapped, "password").IsSensitive);
        Assert.Equal(["--port", "1"], Property(mapped, "args").Value.ListValue.Values.Select(value => value.StringValue));
    }

    [Fact]
    public void A_health_check_that_has_not_run_has_no_status()
    {
        var mapped = Map(Snapshot().WithHealthReports(
        [
            new("pending", Status: null, Description: null, ExceptionText: null),
            new("bad", HealthStatus.Unhealthy, "down", "boom"),
        ]));

        Assert.False(mapped.HealthReports[0].HasStatus);
        Assert.Equal(Proto.HealthStatus.Unhealthy, mapped.HealthReports[1].Status);
        Assert.Equal("boom", mapped.HealthReports[1].Exception);
    }

    [Fact]
    public void A_long_log_is_split_and_a_longer_line_cut()
    {
        var line = new string('x', ConsoleLogMapping.MaxCharacters + 1);

        var updates = ConsoleLogMapping.ToUpdates([new(1, "short", false), new(2, line, false), new(3, "short", true)]).ToList();

        Assert.Equal([1, 2, 3], updates.Select(update => Assert.Single(update.LogLines).LineNumber));
        Assert.Equal(ConsoleLogMapping.MaxCharacters, updates[1].LogLines[0].Text.Length);
    }

    private static CustomResourceSnapshot Snapshot() => new() { ResourceType = "Executable", Properties = [], State = KnownResourceStates.Running };

    private static Proto.Resource Map(CustomResourceSnapshot snapshot) =>
        ResourceMapping.ToResource(new ResourceEvent(new ExecutableResource("worker", "worker", "."), "worker-abcdefgh", snapshot));

    private static Proto.ResourceProperty Property(Proto.Resource resource, string name) =>
        Assert.Single(resource.Properties, property => property.Name == name);
}
