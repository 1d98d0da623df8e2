using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaAspire.Aspirate.Settings;

/// <summary>What a resource is asked with: HTTP requests, connections, or nothing.</summary>
public enum ProbeKind
{
    Http,
    Tcp,
    None,
}

/// <summary>Paths of HTTP probes, or a command that succeeds when the container is ready; in the file also the name of a <see cref="ProbeKind"/> alone.</summary>
public sealed record ProbeSettings
{
    /// <summary>Null where the other entries, or the image, decide.</summary>
    [JsonIgnore]
    public ProbeKind? Kind { get; init; }

    public string? Ready { get; init; }

    public string? Alive { get; init; }

    public string? Binding { get; init; }

    public IReadOnlyList<string>? Command { get; init; }

    public int? StartSeconds { get; init; }
}

/// <summary>Reads <c>"http"</c>, <c>"tcp"</c> and <c>"none"</c> besides an object.</summary>
internal sealed class ProbeSettingsConverter : JsonConverter<ProbeSettings>
{
    public override ProbeSettings? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            return JsonSerializer.Deserialize<ProbeSettings>(ref reader, options);
        return reader.GetString() switch
        {
            "http" => new() { Kind = ProbeKind.Http },
            "tcp" => new() { Kind = ProbeKind.Tcp },
            "none" => new() { Kind = ProbeKind.None },
            var other => throw new JsonException($"The probes are \"{other}\"; give \"http\", \"tcp\", \"none\" or an object."),
        };
    }

    public override void Write(Utf8JsonWriter writer, ProbeSettings value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, options);
}
