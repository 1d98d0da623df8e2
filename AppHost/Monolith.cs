namespace Aspire.Hosting;

/// <summary>The same shop with the same modules in one process, on one database: <c>--topology monolith</c>.</summary>
internal static class Monolith
{
    // Callers address a module by its name; all these names resolve to the monolith.
    private static readonly string[] s_modules = ["catalog", "inventory", "ordering", "web"];

    /// <summary>Adds the monolith, the TypeScript service, and the same gateway in front of both.</summary>
    public static void AddMonolith(
        this IDistributedApplicationBuilder builder, IResourceBuilder<PostgresServerResource> postgres, IResourceBuilder<RabbitMQServerResource> broker)
    {
        var database = postgres.AddDatabase("shopdb");

        var monolith = builder.AddProject<Projects.Monolith>("monolith")
            .WithReference(database, "catalogdb")
            .WithReference(database, "inventorydb")
            .WithReference(database, "orderingdb")
            .WithReference(database, "paymentdb")
            .WaitFor(database)
            .WithReference(broker).WaitFor(broker)
            .WithReference(builder.AddPaymentProvider(postgres))
            .WithEnvironment("Ordering__Deadline", builder.Configuration["Ordering:Deadline"] ?? "00:05:00")
            .WithHttpHealthCheck("/health");

        var notifications = builder.AddNotifications(broker)
            .WithModules(monolith, "ordering");

        builder.AddProject<Projects.Gateway>("gateway")
            .WithModules(monolith, s_modules).WaitFor(monolith)
            .WithReference(notifications.GetEndpoint("http"))
            .WithExternalHttpEndpoints()
            .WithoutRateLimitForThisMachine()
            .WithHttpHealthCheck("/health");
    }

    private static IResourceBuilder<T> WithModules<T>(this IResourceBuilder<T> resource, IResourceBuilder<ProjectResource> monolith, params string[] modules)
        where T : IResourceWithEnvironment
    {
        foreach (var module in modules)
            resource.WithEnvironment($"services__{module}__http__0", monolith.GetEndpoint("http"));
        return resource;
    }
}
