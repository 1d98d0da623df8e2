using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Planning;

/// <summary>What an image needs to run without root and on a read-only root file system, and to be probed: the manifest does not contain it.</summary>
/// <param name="Component">Its part in the system, for the label.</param>
/// <param name="User">The image's own user; the file system's group as well, unless <paramref name="Group"/> differs.</param>
/// <param name="Writable">Folders that it writes to besides <c>/tmp</c>, ephemeral and in the node's memory.</param>
/// <param name="Data">The folder with its data, where the model gives it no volume.</param>
/// <param name="Ready">A command that succeeds when it is ready.</param>
/// <param name="Alive">A command that succeeds as long as no restart is needed.</param>
/// <param name="ProbeSeconds">The period of the commands: short only if they are cheap.</param>
internal sealed record ImageProfile(
    string Component, long User, long Group, IReadOnlyList<string> Writable, string? Data,
    IReadOnlyList<string>? Ready, IReadOnlyList<string>? Alive, int ProbeSeconds,
    Amounts Cpu, Amounts Memory)
{
    /// <summary>Starting an Erlang or Java machine for a command takes a second of processor time.</summary>
    private const int CommandSeconds = 15;

    private const long DotnetUser = 1654, NodeUser = 1000, AnyUser = 65532;

    private static readonly Amounts s_serviceCpu = new("100m", "1"), s_serviceMemory = new("128Mi", "512Mi");
    private static readonly Amounts s_serverCpu = new("250m", "2"), s_serverMemory = new("512Mi", "1Gi");

    /// <summary>.NET's own images, whose user <c>app</c> has this number.</summary>
    public static ImageProfile Dotnet { get; } = Service(DotnetUser);

    /// <summary>Runs for a server that keeps data; one at a time.</summary>
    public bool IsServer => Data is not null;

    /// <summary>The profile of an image by its name.</summary>
    public static ImageProfile OfImage(ImageName image) => (image.Name, image.Tag.Contains("alpine", StringComparison.Ordinal)) switch
    {
        ("postgres", var alpine) => Postgres(alpine ? 70 : 999, image.Tag),
        ("rabbitmq", var alpine) => RabbitMq(alpine ? 100 : 999, alpine ? 101 : 999),
        ("redis" or "valkey" or "garnet", _) => Service(999) with { Component = "cache", Group = 1000 },
        ("node", _) => Service(NodeUser),
        _ => Service(AnyUser),
    };

    /// <summary>The profile of an image that is built, by the last user that its Dockerfile names.</summary>
    public static ImageProfile OfDockerfile(string path)
    {
        var user = File.Exists(path)
            ? File.ReadLines(path).Select(l => l.Trim())
                .LastOrDefault(l => l.StartsWith("USER", StringComparison.OrdinalIgnoreCase) && l.Length > 4 && char.IsWhiteSpace(l[4]))
                ?[5..].Trim().Split(':')[0]
            : null;
        return Service(user switch
        {
            "node" => NodeUser,
            "app" or "$APP_UID" or "${APP_UID}" => DotnetUser,
            _ => long.TryParse(user, out var number) && number > 0 ? number : AnyUser,
        });
    }

    private static ImageProfile Service(long user) => new("service", user, user, [], null, null, null, CommandSeconds, s_serviceCpu, s_serviceMemory);

    /// <summary>Its entry point starts the server once without TCP to set it up, so readiness is probed over TCP.</summary>
    private static ImageProfile Postgres(long user, string tag)
    {
        string[] ready = ["pg_isready", "--quiet", "--host=127.0.0.1", "--username=postgres"];
        // From version 18 on the image keeps a folder for each version below this one.
        var data = int.TryParse(tag.Split('.', '-')[0], out var version) && version < 18 ? "/var/lib/postgresql/data" : "/var/lib/postgresql";
        return new("database", user, user, ["/var/run/postgresql"], data, ready, ready, 5, s_serverCpu, s_serverMemory);
    }

    private static ImageProfile RabbitMq(long user, long group) => new(
        "message-broker", user, group, ["/var/log/rabbitmq"], "/var/lib/rabbitmq",
        ["rabbitmq-diagnostics", "--quiet", "check_port_connectivity"], ["rabbitmq-diagnostics", "--quiet", "ping"],
        CommandSeconds, s_serverCpu, s_serverMemory);
}
