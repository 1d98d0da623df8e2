using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Publishing;

/// <summary>What the command line asks to publish, and where to.</summary>
internal static class PublishRequest
{
    private const string DefaultFileName = "aspire-manifest.json";

    /// <summary>Gets the full path of the manifest to write.</summary>
    /// <exception cref="DistributedApplicationException">Something other than a manifest is asked for, or the path is missing.</exception>
    public static string GetManifestPath(IConfiguration configuration)
    {
        var step = configuration[PublishingSwitches.StepKey];
        var publisher = configuration[PublishingSwitches.PublisherKey];
        if (step is not "publish-manifest" && publisher is not "manifest")
        {
            throw new DistributedApplicationException(
                $"This AppHost publishes a manifest only, not '{step ?? publisher ?? "everything"}'. "
                + "Run it with '--operation publish --step publish-manifest --output-path <file>'.");
        }

        if (configuration[PublishingSwitches.OutputPathKey] is not { Length: > 0 } outputPath)
            throw new DistributedApplicationException("The manifest has no place to go. Add '--output-path <file or folder>'.");

        var path = Path.GetFullPath(outputPath);
        var isFolder = Directory.Exists(path) || Path.GetExtension(path).Length == 0;
        return isFolder ? Path.Combine(path, DefaultFileName) : path;
    }
}
