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
    // Whatever would be root, or cannot be known, becomes somebody without rights.
    [InlineData("FROM x\nUSER node\nUSER root", 65532)]
    [InlineData("FROM x\nUSER 0", 65532)]
    [InlineData("FROM x\nUSER -1", 65532)]
    [InlineData("FROM x\nUSER postgres", 65532)]
    [InlineData("FROM x\n# USER node", 65532)]
    [InlineData("FROM x", 65532)]
    [InlineData("", 65532)]
    public void A_built_image_runs_as_the_last_user_of_its_Dockerfile(string text, long user)
    {
        using var folder = new TemporaryFolder();
        var profile = ImageProfile.OfDockerfile(folder.Write("Dockerfile", text));
        Assert.Equal((user, user, false), (profile.User, profile.Group, profile.IsServer));
    }

    [Theory]
    [InlineData("postgres:18.3", "database", 999, 999, "/var/lib/postgresql")]
    [InlineData("docker.io/library/postgres:17.2", "database", 999, 999, "/var/lib/postgresql/data")]
    [InlineData("postgres:16-alpine", "database", 70, 70, "/var/lib/postgresql/data")]
    [InlineData("postgres", "database", 999, 999, "/var/lib/postgresql")]
    [InlineData("rabbitmq:4.3-management", "message-broker", 999, 999, "/var/lib/rabbitmq")]
    [InlineData("rabbitmq:4.3-alpine", "message-broker", 100, 101, "/var/lib/rabbitmq")]
    [InlineData("redis:8", "cache", 999, 1000, null)]
    [InlineData("valkey/valkey:8.1", "cache", 999, 1000, null)]
    [InlineData("node:22-alpine", "service", 1000, 1000, null)]
    [InlineData("ghcr.io/example/postgres-exporter:1", "service", 65532, 65532, null)]
    public void A_known_image_runs_as_its_own_user_and_keeps_its_data(string image, string component, long user, long group, string? data)
    {
        var profile = ImageProfile.OfImage(ImageName.Parse(image));
        Assert.Equal((component, user, group, data), (profile.Component, profile.User, profile.Group, profile.Data));
    }
}
