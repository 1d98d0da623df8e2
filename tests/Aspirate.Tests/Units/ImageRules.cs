using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Planning;
using Xunit;

namespace Aspirate.Tests;

public sealed class ImageRules
{
    [Theory]
    [InlineData("FROM x\nUSER node\n", 1000)]
    [InlineData("FROM x\nuser node", 1000)]
    [InlineData("FROM x\nUSER\tnode", 1000)]
    [InlineData("FROM x\nUSER   node  ", 1000)]
    [InlineData("FROM x\n  USER 1234:5678\n", 1234)]
    [InlineData("FROM x\nUSER app", 1654)]
    [InlineData("FROM x\nUSER $APP_UID", 1654)]
    [InlineData("FROM x\nUSER ${APP_UID}", 1654)]
    [InlineData("FROM x AS build\nUSER root\nFROM y\nUSER node", 1000)]
    // Whatever would be root, or is not known: forcing a user on it would break it.
    [InlineData("FROM x\nUSER node\nUSER root", null)]
    [InlineData("FROM x\nUSER 0", null)]
    [InlineData("FROM x\nUSER -1", null)]
    [InlineData("FROM x\nUSER postgres", null)]
    [InlineData("FROM x\n# USER node", null)]
    [InlineData("FROM x", null)]
    [InlineData("", null)]
    public void A_built_image_runs_as_the_last_user_of_its_Dockerfile(string text, int? user)
    {
        using var folder = new TemporaryFolder();
        var profile = ImageProfile.OfDockerfile(folder.Write("Dockerfile", text));
        Assert.Equal(((long?)user, (long?)user, user is null, false), (profile.User, profile.Group, profile.WritesAnywhere, profile.IsServer));
    }

    [Theory]
    [InlineData("postgres:18.3", "", "database", 999, 999, "/var/lib/postgresql")]
    [InlineData("docker.io/library/postgres:17.2", "", "database", 999, 999, "/var/lib/postgresql/data")]
    [InlineData("postgres:16-alpine", "", "database", 70, 70, "/var/lib/postgresql/data")]
    [InlineData("postgres", "", "database", 999, 999, "/var/lib/postgresql")]
    [InlineData("pgvector/pgvector:pg17", "POSTGRES_PASSWORD", "database", 999, 999, "/var/lib/postgresql/data")]
    [InlineData("postgis/postgis:18-3.6", "POSTGRES_PASSWORD", "database", 999, 999, "/var/lib/postgresql")]
    [InlineData("rabbitmq:4.3-management", "", "message-broker", 999, 999, "/var/lib/rabbitmq")]
    [InlineData("rabbitmq:4.3-alpine", "", "message-broker", 100, 101, "/var/lib/rabbitmq")]
    [InlineData("ghcr.io/example/broker:4", "RABBITMQ_DEFAULT_PASS", "message-broker", 999, 999, "/var/lib/rabbitmq")]
    [InlineData("redis:8", "", "cache", 999, 1000, null)]
    [InlineData("valkey/valkey:8.1", "", "cache", 999, 1000, null)]
    [InlineData("mcr.microsoft.com/mssql/server:2022-latest", "MSSQL_SA_PASSWORD", "database", 10001, 10001, "/var/opt/mssql")]
    [InlineData("mysql:9.4", "MYSQL_ROOT_PASSWORD", "database", 999, 999, "/var/lib/mysql")]
    [InlineData("mongo:8.0", "", "database", 999, 999, "/data/db")]
    [InlineData("confluentinc/confluent-local:8.0.0", "", "message-broker", 1000, 1000, "/var/lib/kafka/data")]
    [InlineData("docker.elastic.co/elasticsearch/elasticsearch:8.17.3", "", "search", 1000, 1000, "/usr/share/elasticsearch/data")]
    [InlineData("quay.io/keycloak/keycloak:26.3", "", "identity", 1000, 1000, null)]
    [InlineData("nats:2.11", "", "message-broker", 65532, 65532, null)]
    [InlineData("node:22-alpine", "", "service", 1000, 1000, null)]
    [InlineData("ghcr.io/example/postgres-exporter:1", "", "service", null, null, null)]
    [InlineData("nginx:1.29", "", "service", null, null, null)]
    [InlineData("datalust/seq:2025.2", "", "service", null, null, null)]
    public void A_known_image_runs_as_its_own_user_and_keeps_its_data_whatever_its_name(
        string image, string variable, string component, int? user, int? group, string? data)
    {
        var resource = new ContainerResource("it", null, image, null)
        {
            Environment = variable.Length > 0 ? new Dictionary<string, string> { [variable] = "x" } : new Dictionary<string, string>(),
            Arguments = [],
            Bindings = [],
        };

        var profile = ImageProfile.Of(ImageName.Parse(image), resource);

        Assert.Equal((component, (long?)user, (long?)group, data), (profile.Component, profile.User, profile.Group, profile.Data));
    }
}
