namespace Aspire.Hosting;

internal static class Notifications
{
    /// <summary>The service in TypeScript, which both topologies have. Building the AppHost has installed its packages and built it.</summary>
    public static IResourceBuilder<ExecutableResource> AddNotifications(
        this IDistributedApplicationBuilder builder, IResourceBuilder<RabbitMQServerResource> broker) =>
        builder.AddExecutable("notifications", "node", "../services/notifications", "dist/main.mjs")
            .PublishAsDockerFile()
            .WithHttpEndpoint(port: 5106, env: "PORT")
            .WithOtlpExporter()
            .WithReference(broker).WaitFor(broker)
            .WithHttpHealthCheck("/health");
}
