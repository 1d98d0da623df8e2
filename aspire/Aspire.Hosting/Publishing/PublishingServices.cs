namespace Aspire.Hosting.Publishing;

internal static class PublishingServices
{
    public static void AddPublishing(this IDistributedApplicationBuilder builder) => _ = builder;
}
