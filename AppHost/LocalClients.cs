namespace Aspire.Hosting;

internal static class LocalClients
{
    /// <summary>In run mode all clients, load tests among them, are on this machine and would share one client's rate limit.</summary>
    public static IResourceBuilder<ProjectResource> WithoutRateLimitForThisMachine(this IResourceBuilder<ProjectResource> gateway) =>
        gateway.ApplicationBuilder.ExecutionContext.IsRunMode ? gateway.WithEnvironment("Gateway__RateLimit__ExemptLoopback", "true") : gateway;
}
