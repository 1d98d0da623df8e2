using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
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
