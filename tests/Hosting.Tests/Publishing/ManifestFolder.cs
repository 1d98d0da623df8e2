using System.Text.Json.Nodes;
using Aspire.Hosting;
using Xunit;

namespace Hosting.Tests.Publishing;

/// <summary>An AppHost folder that models are published into.</summary>
internal sealed class ManifestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("manifest-").FullName;

    public string Manifest => System.IO.Path.Combine(Path, "manifest.json");

    /// <summary>Publishes a model and reads one of its resources back.</summary>
    public async Task<JsonNode> PublishAsync(string resource, Action<IDistributedApplicationBuilder> fill)
    {
        await PublishAsync(fill, Manifest);
        return JsonNode.Parse(await File.ReadAllTextAsync(Manifest, TestContext.Current.CancellationToken))!["resources"]![resource]!;
    }

    public async Task PublishAsync(Action<IDistributedApplicationBuilder> fill, string outputPath)
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
        {
            Args = ["--operation", "publish", "--step", "publish-manifest", "--output-path", outputPath],
            ProjectDirectory = Path,
        });
        fill(builder);
        await using var application = builder.Build();
        await application.RunAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
