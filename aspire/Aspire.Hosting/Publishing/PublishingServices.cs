using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Publishing;

internal static class PublishingServices
{
    public static void AddPublishing(this IDistributedApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ManifestPublisher>();
        builder.Services.AddHostedService<PublishingRun>();
    }
}
