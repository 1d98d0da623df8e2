using System.Text.RegularExpressions;
using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Planning;

/// <summary>
/// What an image needs to run with as few privileges as it can, and to be probed: the manifest does not contain it. An image without a profile
/// runs as it is made.
/// </summary>
/// <param name="Component">Its part in the system, for the label.</param>
/// <param name="User">The image's own user; null where it is not known, or is root.</param>
/// <param name="Cpu">Requested, and the maximum.</param>
/// <param name="Memory">Requested, and the maximum.</param>
internal sealed partial record ImageProfile(string Component, long? User, Amounts Cpu, Amounts Memory)
{
    private const long DotnetUser = 1654, NodeUser = 1000, MadeUser = 65532;

    private static readonly Amounts s_serviceCpu = new("50m", "1"), s_serviceMemory = new("128Mi", "512Mi");
    private static readonly Amounts s_serverCpu = new("250m", "2"), s_serverMemory = new("512Mi", "1Gi");
    private static readonly Amounts s_largeMemory = new("1Gi", "2Gi"), s_largestMemory = new("2Gi", "4Gi");

    /// <summary>.NET's own images, whose user <c>app</c> has this number.</summary>
    public static ImageProfile Dotnet { get; } = Service(DotnetUser);

    /// <summary>An image that this tool makes, of a program's folder.</summary>
    public static ImageProfile Made { get; } = Service(MadeUser);

    /// <summary>The group of its files.</summary>
    public long? Group { get; init; } = User;

    /// <summary>It writes to other folders than <see cref="Writable"/> and its data.</summary>
    public bool WritesAnywhere { get; init; } = User is null;

    /// <summary>Folders that it writes to besides <c>/tmp</c>, ephemeral and in the node's memory.</summary>
    public IReadOnlyList<string> Writable { get; init; } = [];

    /// <summary>The folder with its data, where the model gives it no volume.</summary>
    public string? Data { get; init; }

    /// <summary>A cheap command that succeeds when it is ready; null where a connection says the same.</summary>
    public IReadOnlyList<string>? Ready { get; init; }

    /// <summary>Creates databases by scripts, and rejects a data folder that is not empty.</summary>
    public bool IsPostgres { get; init; }

    /// <summary>Runs for a server that keeps data; one at a time.</summary>
    public bool IsServer => Data is not null;

    /// <summary>
    /// The profile of an existing image: by its name, or by the variables that it reads, because a server's variants (such as pgvector or PostGIS)
    /// have other names.
    /// </summary>
    public static ImageProfile Of(ImageName image, ContainerResource resource)
    {
        var isAlpine = image.Tag.Contains("alpine", StringComparison.Ordinal);
        bool Reads(string variable) => resource.Environment.ContainsKey(variable);
        return image.Name switch
        {
            _ when Reads("RABBITMQ_DEFAULT_PASS") || image.Name == "rabbitmq" => RabbitMq(isAlpine ? 100 : 999, isAlpine ? 101 : 999),
            "redis" or "valkey" => Service(999) with { Component = "cache", Group = 1000 },
            "garnet" => Service(DotnetUser) with { Component = "cache", WritesAnywhere = true },
            "nats" => Service(MadeUser) with { Component = "message-broker" },
            "keycloak" => Service(1000) with { Component = "identity", WritesAnywhere = true, Memory = s_largeMemory },
            "confluent-local" => Server("message-broker", 1000, "/var/lib/kafka/data") with { WritesAnywhere = true, Memory = s_largeMemory },
            "elasticsearch" => Server("search", 1000, "/usr/share/elasticsearch/data") with { WritesAnywhere = true, Memory = s_largestMemory },
            "nginx-unprivileged" => Service(101) with { Writable = ["/var/cache/nginx"] },
            "node" => Service(NodeUser),
            _ when Reads("POSTGRES_PASSWORD") || image.Name == "postgres" => Postgres(isAlpine ? 70 : 999, image.Tag, resource),
            _ when Reads("MSSQL_SA_PASSWORD") || Reads("SA_PASSWORD") =>
                Server("database", 10001, "/var/opt/mssql") with { WritesAnywhere = true, Memory = s_largestMemory },
            _ when Reads("MYSQL_ROOT_PASSWORD") || Reads("MARIADB_ROOT_PASSWORD") =>
                Server("database", 999, "/var/lib/mysql") with { Writable = ["/var/run/mysqld"] },
            _ when Reads("MONGO_INITDB_ROOT_USERNAME") || image.Name == "mongo" =>
                Server("database", 999, "/data/db") with { Writable = ["/data/configdb"] },
            _ => Unknown(),
        };
    }

    /// <summary>The profile of an image that is built, by the last user that its Dockerfile names.</summary>
    public static ImageProfile OfDockerfile(string path)
    {
        var user = File.Exists(path)
            ? File.ReadLines(path).Select(l => l.Trim())
                .LastOrDefault(l => l.StartsWith("USER", StringComparison.OrdinalIgnoreCase) && l.Length > 4 && char.IsWhiteSpace(l[4]))
                ?[5..].Trim().Split(':')[0]
            : null;
        return user switch
        {
            "node" => Service(NodeUser),
            "app" or "$APP_UID" or "${APP_UID}" => Service(DotnetUser),
            _ => long.TryParse(user, out var number) && number > 0 ? Service(number) : Unknown(),
        };
    }

    private static ImageProfile Unknown() => new("service", null, s_serviceCpu, s_serviceMemory);

    private static ImageProfile Service(long user) => new("service", user, s_serviceCpu, s_serviceMemory);

    private static ImageProfile Server(string component, long user, string data) => new(component, user, s_serverCpu, s_serverMemory) { Data = data };

    /// <summary>
    /// Its entry point starts the server once without TCP to set it up, so it is asked over TCP. <c>pg_isready</c> gives up after 3 s by itself,
    /// whatever the probe's timeout.
    /// </summary>
    private static ImageProfile Postgres(long user, string tag, ContainerResource resource)
    {
        // From version 18 on the image keeps a folder for each version below this one.
        var isOld = Version.Match(tag) is { Success: true } match && int.Parse(match.Value) < 18;
        var volume = resource.Volumes.Select(v => v.Target.TrimEnd('/')).FirstOrDefault(t => t.StartsWith("/var/lib/postgresql", StringComparison.Ordinal));
        return Server("database", user, volume ?? (isOld ? "/var/lib/postgresql/data" : "/var/lib/postgresql")) with
        {
            Writable = ["/var/run/postgresql"],
            Ready = ["pg_isready", "--quiet", "--host=127.0.0.1", "--username=postgres", $"--timeout={Kubernetes.Probes.ServerReadyTimeout - 1}"],
            IsPostgres = true,
        };
    }

    /// <summary>It listens when it has started. Its own command would start an Erlang machine for each probe.</summary>
    private static ImageProfile RabbitMq(long user, long group) =>
        Server("message-broker", user, "/var/lib/rabbitmq") with { Group = group, Writable = ["/var/log/rabbitmq"] };

    /// <summary>As in <c>17.2</c> or <c>pg17</c>.</summary>
    [GeneratedRegex(@"(?<=^|pg)\d{1,2}(?=\D|$)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version { get; }
}
