namespace Aspire.Hosting.Orchestration;

internal static class OrchestrationServices
{
    public static void AddOrchestration(this IDistributedApplicationBuilder builder) => _ = builder;
}
