namespace Aspire.Hosting;

internal static class Notifications
{
    /// <summary>The TypeScript service, which both topologies have. The AppHost's build installs its packages and builds it.</summary>
    public static IResourceBuilder<ExecutableResource> AddNotifications(
        this IDistributedApplicationBuilder builder, IResourceBuilder<RabbitMQServerResource> broker) =>
        builder.AddExecutable("notifications", "node", "../services/notifications", "dist/main.mjs")
            .PublishAsDockerFile()
            .WithHttpEndpoint(port: 5106, env: "PORT")
            .WithOtlpExporter()
            // In development it listens on loopback only.
            .WithEnvironment("NODE_ENV", builder.ExecutionContext.IsRunMode ? "development" : "production")
            .WithReference(broker).WaitFor(broker)
            .WithHttpHealthCheck("/health");
}
