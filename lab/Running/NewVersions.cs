using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace MsaAspire.Lab.Running;

/// <summary>The next version of a service, in the app model beside the one that runs; started when it is brought out.</summary>
internal static class NewVersions
{
    /// <summary>The name of the next version's resource.</summary>
    public static string Next(string resource) => $"{resource}-next";

    /// <summary>The next version of payment.</summary>
    public static void AddPayment(this IDistributedApplicationTestingBuilder builder, string project) => builder.AddProject(Next("payment"), project)
        .WithReference(builder.Resource<PostgresDatabaseResource>("paymentdb"))
        .WithReference(builder.Resource<RabbitMQServerResource>("broker"))
        .WithHttpHealthCheck("/health")
        .WithExplicitStart();

    /// <summary>The next version of the monolith; the gateway knows both.</summary>
    public static void AddMonolith(this IDistributedApplicationTestingBuilder builder, string project)
    {
        var database = builder.Resource<PostgresDatabaseResource>("shopdb");
        var next = builder.AddProject(Next(Shapes.Monolith), project)
            .WithReference(database, "catalogdb").WithReference(database, "inventorydb").WithReference(database, "orderingdb").WithReference(database, "paymentdb")
            .WithReference(builder.Resource<RabbitMQServerResource>("broker"))
            .WithHttpHealthCheck("/health")
            .WithExplicitStart();
        foreach (var module in (string[])["catalog", "inventory", "ordering", "web"])
            builder.Resource<ProjectResource>("gateway").WithEnvironment($"services__{module}__http__1", next.GetEndpoint("http"));
    }

    /// <summary>A resource that the AppHost has added.</summary>
    public static IResourceBuilder<T> Resource<T>(this IDistributedApplicationTestingBuilder builder, string name) where T : IResource =>
        builder.CreateResourceBuilder(builder.Resources.OfType<T>().Single(r => r.Name == name));
}
