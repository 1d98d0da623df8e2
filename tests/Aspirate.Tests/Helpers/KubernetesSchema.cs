using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Aspirate.Tests;

/// <summary>
/// The structural definitions of a Kubernetes 1.34 API server, as OpenAPI v2. Strict: a field that the server does not know is a problem.
/// </summary>
internal sealed class KubernetesSchema
{
    private static readonly Lazy<KubernetesSchema> s_schema = new(() => new());

    private readonly JsonObject _definitions;
    private readonly Dictionary<string, JsonObject> _kinds = [];

    private KubernetesSchema()
    {
        using var stream = new GZipStream(File.OpenRead(Path.Combine(Repository.Project, "kubernetes-1.34-schema.json.gz")), CompressionMode.Decompress);
        _definitions = JsonNode.Parse(stream)!["definitions"]!.AsObject();
        foreach (var definition in _definitions.Select(d => d.Value!.AsObject()))
        {
            // What belongs to many kinds is an option of requests, not an object.
            if (definition["x-kubernetes-group-version-kind"] is JsonArray { Count: 1 } kinds)
                _kinds[$"{kinds.Text("0/group")}/{kinds.Text("0/version")}/{kinds.Text("0/kind")}".TrimStart('/')] = definition;
        }
    }

    public static KubernetesSchema Instance => s_schema.Value;

    public IEnumerable<string> Problems(JsonObject kubernetesObject)
    {
        var kind = $"{kubernetesObject.Text("apiVersion")}/{kubernetesObject.Text("kind")}";
        return _kinds.TryGetValue(kind, out var definition)
            ? Problems(definition, kubernetesObject, $"{kind} {kubernetesObject.Name()}")
            : [$"{kind} is no kind of Kubernetes 1.34"];
    }

    private IEnumerable<string> Problems(JsonObject schema, JsonNode? value, string where)
    {
        if (schema.Text("$ref") is { } reference)
            schema = _definitions[reference["#/definitions/".Length..]]!.AsObject();
        return (schema.Text("type"), schema.Text("format"), value) switch
        {
            ("object", _, JsonObject map) => Members(schema, map, where),
            ("array", _, JsonArray list) => list.SelectMany((item, i) => Problems(schema["items"]!.AsObject(), item, $"{where}[{i}]")),
            (null, _, _) => [],
            ("string", "int-or-string", JsonValue v) when v.TryGetValue<long>(out _) || v.TryGetValue<string>(out _) => [],
            ("string", "byte", JsonValue v) when v.TryGetValue<string>(out var text) => IsBase64(text) ? [] : [$"{where} is not base64"],
            ("string", _, JsonValue v) when v.TryGetValue<string>(out var text) => OneOf(schema, text, where),
            ("integer", "int32", JsonValue v) when v.TryGetValue<long>(out var number) =>
                number is >= int.MinValue and <= int.MaxValue ? [] : [$"{where} is too large"],
            ("integer", _, JsonValue v) when v.TryGetValue<long>(out _) => [],
            ("boolean", _, JsonValue v) when v.TryGetValue<bool>(out _) => [],
            var (type, format, _) => [$"{where} is {value?.ToJsonString() ?? "null"}, and should be {type} {format}".TrimEnd()],
        };
    }

    private IEnumerable<string> Members(JsonObject schema, JsonObject map, string where)
    {
        var properties = schema["properties"] as JsonObject;
        var missing = (schema["required"] as JsonArray ?? []).Select(r => r!.GetValue<string>()).Where(r => map[r] is null)
            .Select(r => $"{where} lacks {r}");
        return missing.Concat(map.SelectMany(member => (properties?[member.Key] ?? schema["additionalProperties"]) is JsonObject type
            ? Problems(type, member.Value, $"{where}.{member.Key}")
            : [$"{where}.{member.Key} is no field of Kubernetes 1.34"]));
    }

    private static IEnumerable<string> OneOf(JsonObject schema, string text, string where) =>
        schema["enum"] is JsonArray values && !values.Any(v => v!.GetValue<string>() == text)
            ? [$"{where} is \"{text}\", which is none of {values.ToJsonString()}"] : [];

    /// <summary>The server skips line ends, and kustomize breaks long values.</summary>
    private static bool IsBase64(string text) => Convert.TryFromBase64String(text, new byte[text.Length], out _);
}
