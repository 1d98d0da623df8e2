using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Shop.Tests;

/// <summary>The images that tests/Containers/make-images.sh makes of the servers that run natively, on a machine that need not be able to pull any.</summary>
internal static class TestImages
{
    private static readonly string s_lock = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "tools.lock.json"));

    public static string Postgres => $"msaaspire-test/postgres:{VersionOf("postgres")}";

    public static string RabbitMQ => $"msaaspire-test/rabbitmq:{VersionOf("rabbitmq")}";

    /// <summary>Puts them in the place of the published images.</summary>
    public static void UseIn(IDistributedApplicationBuilder builder)
    {
        foreach (var (server, image) in new[] { ("postgres", Postgres), ("broker", RabbitMQ) })
        {
            var annotations = builder.Resources.Single(resource => resource.Name == server).Annotations;
            annotations.Remove(annotations.OfType<ContainerImageAnnotation>().Single());
            annotations.Add(new ContainerImageAnnotation { Image = image.Split(':')[0], Tag = image.Split(':')[1] });
        }
    }

    private static string VersionOf(string server)
    {
        using var tools = JsonDocument.Parse(s_lock);
        return tools.RootElement.GetProperty(server).GetProperty("version").GetString()!;
    }
}
