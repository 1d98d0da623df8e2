using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaAspire.Aspirate.Settings;

/// <summary>
/// What an export needs to know and the manifest does not carry: <c>aspirate.json</c> beside the AppHost. Its JSON schema describes each
/// entry.
/// </summary>
public sealed record AspirateSettings : OverlaySettings
{
    public const string FileName = "aspirate.json";

    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public string? Namespace { get; init; }

    public ContainerSettings Containers { get; init; } = new();

    public IReadOnlyDictionary<string, OverlaySettings> Overlays { get; init; } = new Dictionary<string, OverlaySettings>();

    /// <summary>Reads the file in <paramref name="folder"/>; defaults where there is none.</summary>
    /// <exception cref="AspirateException">It is not JSON, or has an unknown entry.</exception>
    public static AspirateSettings Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<AspirateSettings>(File.ReadAllText(path), SettingsJson.Options) ?? new() : new();
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new AspirateException(
                $"The settings {path} cannot be read: {e.Message} Correct the file; aspirate.schema.json describes its entries.", e);
        }
    }

    /// <summary>Sets the entries of <paramref name="containers"/> that are given, and leaves the rest of the file as it is.</summary>
    public static void Write(string folder, string? @namespace, ContainerSettings containers)
    {
        var path = Path.Combine(folder, FileName);
        // Throws if something is wrong with the file.
        var current = Read(folder).Containers;
        var text = File.Exists(path) ? File.ReadAllText(path) : "{\n}\n";
        if (@namespace is not null)
            text = JsonText.Set(text, "namespace", JsonSerializer.Serialize(@namespace, SettingsJson.Options));
        text = JsonText.Set(
            text, "containers",
            JsonSerializer.Serialize(
                containers with { Platforms = current.Platforms, PullSecret = current.PullSecret }, SettingsJson.Options));
        File.WriteAllText(path, text);
    }
}

/// <summary>What differs from one environment to another.</summary>
public record OverlaySettings
{
    /// <summary>Of the images that are built.</summary>
    public string? Tag { get; init; }

    public IngressSettings? Ingress { get; init; }

    public IReadOnlyDictionary<string, ResourceSettings> Resources { get; init; } = new Dictionary<string, ResourceSettings>();
}

/// <summary>How images are named and built.</summary>
public sealed record ContainerSettings
{
    public string? Registry { get; init; }

    public string? RepositoryPrefix { get; init; }

    public string? Tag { get; init; }

    public string? BaseImage { get; init; }

    public string? Builder { get; init; }

    public IReadOnlyList<string>? Platforms { get; init; }

    public string? PullSecret { get; init; }
}

/// <summary>How resources with an external binding are reached from outside.</summary>
public sealed record IngressSettings
{
    public string? Host { get; init; }

    public string? ClassName { get; init; }

    public string? TlsSecret { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}

/// <summary>How one resource runs.</summary>
public sealed record ResourceSettings
{
    public int? Replicas { get; init; }

    public Amounts? Cpu { get; init; }

    public Amounts? Memory { get; init; }

    public AutoscaleSettings? Autoscale { get; init; }

    [JsonConverter(typeof(ProbeSettingsConverter))]
    public ProbeSettings? Probes { get; init; }

    public string? Storage { get; init; }

    public string? StorageClass { get; init; }

    public string? Host { get; init; }

    public long? User { get; init; }

    public IReadOnlyList<string>? Writable { get; init; }

    public IReadOnlyList<string>? Egress { get; init; }

    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    public IReadOnlyList<string>? Arguments { get; init; }

    public string? BaseImage { get; init; }

    public int? DrainSeconds { get; init; }

    /// <summary>These settings, and those of <paramref name="below"/> where these say nothing.</summary>
    public ResourceSettings Over(ResourceSettings below) => new()
    {
        Replicas = Replicas ?? below.Replicas,
        Cpu = Cpu ?? below.Cpu,
        Memory = Memory ?? below.Memory,
        Autoscale = Autoscale ?? below.Autoscale,
        Probes = Probes ?? below.Probes,
        Storage = Storage ?? below.Storage,
        StorageClass = StorageClass ?? below.StorageClass,
        Host = Host ?? below.Host,
        User = User ?? below.User,
        Writable = Writable ?? below.Writable,
        Egress = Egress ?? below.Egress,
        Environment = Environment ?? below.Environment,
        Arguments = Arguments ?? below.Arguments,
        BaseImage = BaseImage ?? below.BaseImage,
        DrainSeconds = DrainSeconds ?? below.DrainSeconds,
    };
}

/// <summary>Kubernetes quantities: what is reserved for the container, and its maximum.</summary>
public sealed record Amounts(string Request, string Limit);

/// <summary>The range of replicas, and the processor time that each should use on average, in cores.</summary>
public sealed record AutoscaleSettings(int Min, int Max, string Cpu = "500m");

internal static class SettingsJson
{
    /// <summary>Allows comments in the file, and rejects unknown entries.</summary>
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // The file is for people and never embedded in HTML.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };
}
