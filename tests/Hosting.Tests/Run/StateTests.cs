using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Xunit;

namespace Hosting.Tests.Run;

[Collection(RunCollection.Name)]
public class StateTests(RunningApplication app)
{
    [Fact]
    public async Task Replicas_are_instances_with_ids_of_their_own_and_all_healthy()
    {
        var instances = await app.InstancesAsync("server");
        Assert.Equal(2, instances.Count);
        Assert.All(instances, i => Assert.Matches("^server-[a-z]{8}$", i.ResourceId));
        Assert.All(instances, i => Assert.Equal(HealthStatus.Healthy, i.Snapshot.HealthStatus));
    }

    [Fact]
    public void Lifecycle_events_come_in_order()
    {
        lock (app.Events)
        {
            // Initialization does not hold up the rest.
            Assert.Equal(["allocated", "before start", "ready"], app.Events.Where(e => e != "initialize").Take(3));
            Assert.Contains("initialize", app.Events);
        }
    }

    [Fact]
    public async Task A_process_that_ends_shows_its_exit_code()
    {
        var job = await app.WaitAsync("job", s => s.State?.Text == KnownResourceStates.Finished);
        Assert.Equal(3, job.Snapshot.ExitCode);
    }

    [Fact]
    public async Task A_wait_for_completion_ends_with_the_expected_exit_code() =>
        await app.WaitAsync("after-job", s => s.State?.Text == KnownResourceStates.Running);

    [Fact]
    public async Task A_wait_for_completion_fails_with_another_exit_code()
    {
        await app.WaitAsync("never", s => s.State?.Text == KnownResourceStates.FailedToStart);
        await LogTests.ContainsAsync(app, "never", "ended with exit code 3; 0 was expected");
    }

    [Fact]
    public async Task A_missing_program_fails_to_start_and_the_log_says_why()
    {
        await app.WaitAsync("absent", s => s.State?.Text == KnownResourceStates.FailedToStart);
        await LogTests.ContainsAsync(app, "absent", "'no-such-program' of resource 'absent' is not on PATH");
    }

    [Fact]
    public async Task A_missing_parameter_value_fails_what_needs_it_and_names_the_key()
    {
        await app.WaitAsync("unset", s => s.State?.Text == KnownResourceStates.ValueMissing);
        await app.WaitAsync("needs-unset", s => s.State?.Text == KnownResourceStates.FailedToStart);
        await LogTests.ContainsAsync(app, "needs-unset", "Parameters:unset");
    }

    [Fact]
    public async Task Parameters_connection_strings_and_external_services_run_without_a_process()
    {
        var given = await app.WaitAsync("given", s => s.State?.Text == KnownResourceStates.Running);
        Assert.Contains(given.Snapshot.Properties, p => p is { Name: "Value", Value: "something" });
        var connection = await app.WaitAsync("connection", s => s.State?.Text == KnownResourceStates.Running);
        Assert.Contains(connection.Snapshot.Properties, p => p.Name == CustomResourceKnownProperties.ConnectionString && p.Value!.ToString()!.StartsWith("at=localhost:", StringComparison.Ordinal));
        var elsewhere = await app.WaitAsync("elsewhere", s => s.State?.Text == KnownResourceStates.Running);
        Assert.Contains(elsewhere.Snapshot.Urls, u => u.Url == "https://example.org/");
    }

    [Fact]
    public async Task A_resource_that_nobody_runs_is_ready_when_it_is_published_as_running()
    {
        var outsider = app.Resource("outsider");
        await app.Notifications.PublishUpdateAsync(outsider, s => s with { State = KnownResourceStates.Running });
        await app.Notifications.WaitForResourceHealthyAsync("outsider", TestContext.Current.CancellationToken).WaitAsync(RunningApplication.Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_resource_that_waits_says_what_for_and_so_does_a_wait_for_it()
    {
        var patient = await app.WaitAsync("patient", s => s.State?.Text == KnownResourceStates.Waiting && s.Properties.Any(p => p.Name == "resource.waitingFor"));
        var manual = (await app.InstancesAsync("manual")).Single().ResourceId;
        Assert.Equal([manual], (IEnumerable<string>)patient.Snapshot.Properties.Single(p => p.Name == "resource.waitingFor").Value!);

        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => app.Notifications.WaitForResourceHealthyAsync("patient", stop.Token));
        Assert.Contains($"it waits for '{manual}' (NotStarted", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Addresses_and_templates_reach_the_process()
    {
        var endpoint = ((IResourceWithEndpoints)app.Resource("client")).GetEndpoint("http");
        using var http = new HttpClient();
        var json = await http.GetStringAsync(new Uri(endpoint.Url + "/env"), TestContext.Current.CancellationToken);
        var variables = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
        var server = ((IResourceWithEndpoints)app.Resource("server")).GetEndpoint("http");

        Assert.Equal(server.Url, variables["services__server__http__0"]);
        Assert.Equal("{{ .Names }} and {one}", variables["BRACES"]);
        Assert.Equal($"{server.Port}", variables["SERVER_TARGET"]);
        Assert.NotEqual($"{endpoint.Port}", variables["PORT"]);
    }

    [Fact]
    public async Task Connections_spread_over_the_replicas()
    {
        var url = ((IResourceWithEndpoints)app.Resource("server")).GetEndpoint("http").Url;
        var pids = new HashSet<string>();
        for (var i = 0; i < 40; i++)
        {
            using var http = new HttpClient();
            pids.Add(await http.GetStringAsync(new Uri(url), TestContext.Current.CancellationToken));
        }

        Assert.Equal(2, pids.Count);
    }
}
