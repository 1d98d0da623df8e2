namespace Aspire.Hosting;

/// <summary>What stands for the payment company in both topologies.</summary>
internal static class PaymentProvider
{
    /// <summary>Adds it with a database of its own.</summary>
    public static IResourceBuilder<ProjectResource> AddPaymentProvider(
        this IDistributedApplicationBuilder builder, IResourceBuilder<PostgresServerResource> postgres)
    {
        var database = postgres.AddDatabase("providerdb");
        return builder.AddProject<Projects.PaymentProvider>("payment-provider")
            .WithReference(database).WaitFor(database)
            .WithHttpHealthCheck("/health");
    }
}
