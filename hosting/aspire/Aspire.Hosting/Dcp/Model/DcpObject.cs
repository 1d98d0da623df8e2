using System.Text.Json.Serialization;

namespace Aspire.Hosting.Dcp.Model;

/// <summary>What every DCP object has: Kubernetes metadata around a spec that we write and a status that DCP writes.</summary>
internal abstract class DcpObject
{
    public const string Group = "usvc-dev.developer.microsoft.com";
    public const string Version = "v1";

    public string ApiVersion { get; set; } = $"{Group}/{Version}";
    public abstract string Kind { get; set; }
    public DcpMetadata Metadata { get; set; } = new();

    /// <summary>Path segment of the kind under the API group.</summary>
    [JsonIgnore]
    public abstract string Plural { get; }

    [JsonIgnore]
    public string Name => Metadata.Name;
}

internal sealed class DcpMetadata
{
    public string Name { get; set; } = "";
    public string? Uid { get; set; }
    public DateTime? CreationTimestamp { get; set; }
    public DateTime? DeletionTimestamp { get; set; }
    public Dictionary<string, string>? Annotations { get; set; }
}

internal sealed class DcpList<T>
{
    public List<T> Items { get; set; } = [];
}

internal sealed class DcpWatchEvent<T>
{
    public string Type { get; set; } = "";
    public T? Object { get; set; }
}
