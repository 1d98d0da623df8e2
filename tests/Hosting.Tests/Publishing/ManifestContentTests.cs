using System.Text.Json.Nodes;
using Aspire.Hosting;
using Xunit;

namespace Hosting.Tests.Publishing;

public sealed class ManifestContentTests : IDisposable
{
    private readonly ManifestFolder _folder = new();

    [Fact]
    public async Task An_output_folder_gets_the_usual_file_name()
    {
        var folder = Path.Combine(_folder.Path, "out");

        await _folder.PublishAsync(builder => builder.AddContainer("web", "web"), folder);

        Assert.True(File.Exists(Path.Combine(folder, "aspire-manifest.json")));
    }

    [Fact]
    public async Task Ports_that_are_taken_are_not_allocated()
    {
        var bindings = (await _folder.PublishAsync("worker", builder =>
        {
            builder.AddContainer("web", "web").WithHttpEndpoint(targetPort: 8000);
            builder.AddExecutable("worker", "worker", ".").WithHttpEndpoint(name: "a").WithHttpEndpoint(name: "b");
        }))["bindings"]!;

        Assert.Equal(8001, (int)bindings["a"]!["targetPort"]!);
        Assert.Equal(8002, (int)bindings["b"]!["targetPort"]!);
    }

    [Fact]
    public async Task A_build_has_its_context_stage_and_arguments()
    {
        var build = (await _folder.PublishAsync("web", builder =>
        {
            Directory.CreateDirectory(Path.Combine(_folder.Path, "web"));
            File.WriteAllText(Path.Combine(_folder.Path, "web", "Dockerfile"), "FROM scratch");
            var version = builder.AddParameter("version");
            builder.AddDockerfile("web", "web", stage: "final").WithBuildArg("VERSION", version);
        }))["build"]!;

        Equal("""{"context":"web","dockerfile":"web/Dockerfile","stage":"final","args":{"VERSION":"{version.value}"}}""", build);
    }

    [Fact]
    public async Task An_encoded_parameter_keeps_clear_of_a_resource_of_that_name()
    {
        var environment = (await _folder.PublishAsync("web", builder =>
        {
            var key = builder.AddParameter("key", secret: true);
            builder.AddParameter("key-uri-encoded");
            builder.AddContainer("web", "web").WithEnvironment("URL", $"https://example.org/?k={key.Resource:uri}");
        }))["env"]!;

        Equal("""{"URL":"https://example.org/?k={key-uri-encoded-1.value}"}""", environment);
    }

    public void Dispose() => _folder.Dispose();

    private static void Equal(string expected, JsonNode actual) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), actual.ToJsonString());
}
