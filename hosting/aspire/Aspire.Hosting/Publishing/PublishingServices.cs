using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

internal static class PublishingServices
{
    public static void AddPublishing(this IDistributedApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ManifestPublisher>();
        builder.Services.AddHostedService<PublishingRun>();
        // A failure is told once, by whoever runs the application, and not by the host with its stack trace before that.
        builder.Services.AddLogging(logging => logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None));
    }
}
