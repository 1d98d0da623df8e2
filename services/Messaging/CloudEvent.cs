using System.Buffers;
using System.Text.Json;
using MsaAspire.Contracts;

namespace MsaAspire.Messaging;

/// <summary>
/// CloudEvents 1.0 in JSON's structured mode. Written by hand on System.Text.Json: the CloudEvents library builds an attribute
/// dictionary and a document for every message, and this is the hottest path of the shop.
/// </summary>
internal static class CloudEvent
{
    public const string ContentType = "application/cloudevents+json";

    public static byte[] Write(Guid id, string source, EventType type, object data)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, "1.0"u8);
            json.WriteString("id"u8, id);
            json.WriteString("source"u8, source);
            json.WriteString("type"u8, type.Name);
            json.WriteString("time"u8, DateTimeOffset.UtcNow);
            json.WriteString("datacontenttype"u8, "application/json"u8);
            json.WriteString("dataschema"u8, type.DataSchema);
            json.WritePropertyName("data"u8);
            JsonSerializer.Serialize(json, data, type.Json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote, here or in another service.</summary>
    /// <param name="body">The message.</param>
    /// <param name="readable">By <c>dataschema</c>: which versions of which events.</param>
    /// <exception cref="NonRetryableException">It is not a CloudEvent of a known type and version.</exception>
    public static (Guid Id, EventType Type, object Data) Read(ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, ReadableEvent> readable)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Text(root, "specversion") != "1.0")
                throw new NonRetryableException("not a CloudEvents 1.0 message");
            if (!root.TryGetProperty("id", out var id) || !id.TryGetGuid(out var messageId))
                throw new NonRetryableException("the event's id is missing or not a UUID");
            if (!readable.TryGetValue(Text(root, "dataschema") ?? "", out var known) || known.As.Name != Text(root, "type"))
                throw new NonRetryableException($"unknown event '{Text(root, "type")}' of the version '{Text(root, "dataschema")}'; this consumer reads {string.Join(", ", readable.Keys)}");
            if (!root.TryGetProperty("data", out var data) || data.Deserialize(known.As.Json) is not { } value)
                throw new NonRetryableException($"{known.As.Name} without data");
            return (messageId, known.Type, known.Upcast(value));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new NonRetryableException($"malformed event: {e.Message}", e);
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
