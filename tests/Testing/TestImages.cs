using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace MsaAspire.Testing;

/// <summary>The images that tests/Containers/make-images.sh makes of the servers that run natively, on a machine that need not be able to pull any.</summary>
public static class TestImages
{
    private static readonly Lazy<JsonElement> s_versions = new(() => JsonElement.Parse(File.ReadAllText(Path.Combine(Repository.Root, "hosting", "Processes", "tools.lock.json"))));

    public static string Postgres => $"msaaspire-test/postgres:{VersionOf("postgres")}";

    public static string RabbitMQ => $"msaaspire-test/rabbitmq:{VersionOf("rabbitmq")}";

    /// <summary>Replaces the published images of the servers.</summary>
    internal static void UseIn(IDistributedApplicationBuilder builder)
    {
        foreach (var server in builder.Resources)
        {
            var image = server switch { PostgresServerResource => Postgres, RabbitMQServerResource => RabbitMQ, _ => null };
            if (image?.Split(':') is [var name, var tag])
            {
                server.Annotations.Remove(server.Annotations.OfType<ContainerImageAnnotation>().Single());
                server.Annotations.Add(new ContainerImageAnnotation { Image = name, Tag = tag });
            }
        }
    }

    private static string VersionOf(string server) => s_versions.Value.GetProperty(server).GetProperty("version").GetString()!;
}
