using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Cli.Tests;
using Xunit;

namespace Conformance.Tests;

public sealed class EnvironmentTests(ServerCertificate certificate) : IClassFixture<ServerCertificate>
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Cases => [.. Case.All.Where(name => new Case(name).Has("environment.json"))];

    [Theory, MemberData(nameof(Cases))]
    public async Task Each_resource_runs_with_the_environment_that_the_official_packages_give_it(string name)
    {
        certificate.Use();
        var test = new Case(name);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);

        await using var application = await RunningCase.StartAsync(test, limit.Token);
        var actual = new JsonObject();
        foreach (var (resource, _) in test.Expected("environment.json").AsObject())
            actual[resource] = await EnvironmentOfAsync(application, resource, limit.Token);
        await application.StopAsync(limit.Token);

        var difference = JsonDifference.First(Sorted(test.Expected("environment.json")), actual);
        Assert.True(difference is null, difference);
    }

    [Fact]
    public async Task The_command_line_shows_the_environment_that_the_official_packages_give_each_resource()
    {
        certificate.Use();
        var test = new Case("02-reference");
        await using var home = new Home();
        string[] arguments =
        [
            .. RunningCase.Arguments, "--environment=Development", "--ASPIRE_ALLOW_UNSECURED_TRANSPORT=true", "--ASPNETCORE_URLS=http://localhost:0",
        ];
        using var program = AppHostProcess.Start(home, test.Program, arguments);
        await program.SaysAsync("/login?t=", Limit);
        foreach (var (resource, _) in test.Expected("environment.json").AsObject())
        {
            var wait = await home.RunAsync("wait", resource, "--apphost", Case.AppHostProject, "--status", "up", "--non-interactive");
            Assert.True(wait.ExitCode == 0, $"{wait}");
        }

        var described = await home.JsonAsync("describe", "--apphost", Case.AppHostProject);

        var actual = new JsonObject(
            from resource in described.GetProperty("resources").EnumerateArray()
            orderby resource.GetProperty("displayName").GetString()
            select KeyValuePair.Create(
                resource.GetProperty("displayName").GetString()!, JsonNode.Parse(resource.GetProperty("environment").GetRawText())));
        var difference = JsonDifference.First(Sorted(test.Expected("environment.json")), Sorted(actual));
        Assert.True(difference is null, difference);
    }

    /// <summary>What the dashboard shows: the variables that the application model sets, not those inherited.</summary>
    private static async Task<JsonObject> EnvironmentOfAsync(DistributedApplication application, string resource, CancellationToken cancellationToken)
    {
        var state = await application.ResourceNotifications.WaitForResourceAsync(
            resource, current => current.Snapshot.State?.Text == KnownResourceStates.Running, cancellationToken);
        return new JsonObject(
            from variable in state.Snapshot.EnvironmentVariables
            where variable.IsFromSpec
            orderby variable.Name
            select KeyValuePair.Create(variable.Name, (JsonNode?)variable.Value));
    }

    private static JsonObject Sorted(JsonNode environments) => new(
        from resource in environments.AsObject()
        select KeyValuePair.Create(resource.Key, (JsonNode?)new JsonObject(
            from variable in resource.Value!.AsObject()
            orderby variable.Key
            select KeyValuePair.Create(variable.Key, variable.Value?.DeepClone()))));
}
