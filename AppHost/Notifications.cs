using Aspire.Hosting.JavaScript;

namespace Aspire.Hosting;

internal static class Notifications
{
    /// <summary>The service in TypeScript, which both topologies have. Building the AppHost has installed its packages and built it.</summary>
    public static IResourceBuilder<NodeAppResource> AddNotifications(
        this IDistributedApplicationBuilder builder, IResourceBuilder<RabbitMQServerResource> broker) =>
        builder.AddNodeApp("notifications", "../services/notifications", "dist/main.mjs")
            .WithNpm(install: false)
            .WithBuildScript("build")
            .WithHttpEndpoint(port: 5106, env: "PORT")
            .WithReference(broker).WaitFor(broker)
            .WithHttpHealthCheck("/health");
}
