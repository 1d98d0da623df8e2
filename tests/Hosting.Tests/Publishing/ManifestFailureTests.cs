using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Hosting.Tests.Publishing;

public sealed class ManifestFailureTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    [Fact]
    public Task A_reference_to_an_endpoint_that_does_not_exist_names_both_resources() =>
        FailsNaming(["'web'", "'api'", "'grpc'"], builder =>
        {
            var api = builder.AddContainer("api", "api").WithHttpEndpoint(targetPort: 80);
            builder.AddContainer("web", "web").WithEnvironment("API", api.GetEndpoint("grpc"));
        });

    [Fact]
    public Task A_reference_to_an_endpoint_that_is_left_out_names_both_resources() =>
        FailsNaming(["'web'", "'tool'"], builder =>
        {
            var tool = builder.AddContainer("tool", "tool").WithHttpEndpoint(targetPort: 80).ExcludeFromManifest();
            builder.AddContainer("web", "web").WithEnvironment("TOOL", tool.GetEndpoint("http"));
        });

    [Fact]
    public Task A_missing_project_is_named() =>
        FailsNaming(["'api'", "Nowhere.csproj"], builder => builder.AddProject("api", "Nowhere.csproj"));

    [Fact]
    public Task A_resource_that_has_no_form_in_a_manifest_is_named() =>
        FailsNaming(["'odd'", "ExcludeFromManifest"], builder => builder.AddResource(new OddResource("odd")));

    [Fact]
    public Task A_value_that_has_no_form_in_a_manifest_is_told_with_its_resource() =>
        FailsNaming(["'web'", "Object"], builder =>
            builder.AddContainer("web", "web").WithEnvironment(context => context.EnvironmentVariables["X"] = new object()));

    [Fact]
    public async Task A_failure_leaves_the_manifest_there_was()
    {
        await File.WriteAllTextAsync(_folder.Manifest, "before", TestContext.Current.CancellationToken);

        await FailsNaming(["'odd'"], builder => builder.AddResource(new OddResource("odd")));

        Assert.Equal("before", await File.ReadAllTextAsync(_folder.Manifest, TestContext.Current.CancellationToken));
        Assert.Equal([_folder.Manifest], Directory.GetFiles(_folder.Path));
    }

    public void Dispose() => _folder.Dispose();

    private async Task FailsNaming(string[] names, Action<IDistributedApplicationBuilder> fill)
    {
        var failure = await Assert.ThrowsAsync<DistributedApplicationException>(() => _folder.PublishAsync(fill, _folder.Manifest));
        Assert.All(names, name => Assert.Contains(name, failure.Message));
    }

    private sealed class OddResource(string name) : Resource(name);
}
