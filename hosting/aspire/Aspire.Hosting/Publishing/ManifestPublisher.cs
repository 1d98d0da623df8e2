using System.Text.Encodings.Web;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

/// <summary>Writes the application model as a manifest file; the file is there whole or not at all.</summary>
internal sealed class ManifestPublisher(
    DistributedApplicationModel model,
    DistributedApplicationExecutionContext executionContext,
    IConfiguration configuration,
    ILogger<ManifestPublisher> logger)
{
    // The manifest is a file for tools and people, never part of a page: nothing but JSON's own characters needs escaping.
    private static readonly JsonWriterOptions Format = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        var path = PublishRequest.GetManifestPath(configuration);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        var unfinished = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            await using (var file = File.Create(unfinished))
            await using (var writer = new Utf8JsonWriter(file, Format))
            {
                await new ManifestPublishingContext(executionContext, path, writer, cancellationToken).WriteModelAsync(model);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }

        logger.LogInformation("Published manifest to: {ManifestPath}", path);
    }
}
