using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace MsaAspire.Lab.Running;

/// <summary>The next version of a service, in the app model beside the running one; started when it is deployed.</summary>
internal static class NewVersions
{
    /// <summary>The modules that others call.</summary>
    public static IReadOnlyList<string> Modules { get; } = ["catalog", "inventory", "ordering", "web"];

    /// <summary>The name of the next version's resource.</summary>
    public static string Next(string resource) => $"{resource}-next";

    /// <summary>The next version of payment.</summary>
    public static void AddPayment(this IDistributedApplicationTestingBuilder builder, string project) =>
        builder.AddProject(Next("payment"), project)
            .WithReference(builder.Resource<PostgresDatabaseResource>("paymentdb"))
            .WithReference(builder.Resource<RabbitMQServerResource>("broker"))
            .WithReference(builder.Resource<ProjectResource>("payment-provider"))
            .WithHttpHealthCheck("/health")
            .WithExplicitStart();

    /// <summary>The next version of the monolith; the gateway knows both.</summary>
    public static void AddMonolith(this IDistributedApplicationTestingBuilder builder, string project)
    {
        var next = builder.AddProject(Next(Shapes.Monolith), project)
            .WithShopDatabase(builder)
            .WithHttpHealthCheck("/health")
            .WithExplicitStart();
        foreach (var module in Modules)
            builder.Resource<ProjectResource>("gateway").WithEnvironment($"services__{module}__http__1", next.GetEndpoint("http"));
    }

    /// <summary>What the monolith is connected to.</summary>
    public static IResourceBuilder<ProjectResource> WithShopDatabase(
        this IResourceBuilder<ProjectResource> monolith, IDistributedApplicationTestingBuilder builder)
    {
        foreach (var connection in (string[])["catalogdb", "inventorydb", "orderingdb", "paymentdb"])
            monolith.WithReference(builder.Resource<PostgresDatabaseResource>("shopdb"), connection);
        return monolith.WithReference(builder.Resource<RabbitMQServerResource>("broker")).WithReference(builder.Resource<ProjectResource>("payment-provider"));
    }

    /// <summary>A resource that the AppHost has added.</summary>
    public static IResourceBuilder<T> Resource<T>(this IDistributedApplicationTestingBuilder builder, string name) where T : IResource =>
        builder.CreateResourceBuilder(builder.Resources.OfType<T>().Single(r => r.Name == name));
}
