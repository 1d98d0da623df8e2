using System.Text.Json.Nodes;

namespace Aspirate.Tests;

/// <summary>What a cluster would be sent.</summary>
/// <param name="Name"><c>base</c>, or the overlay's.</param>
internal sealed record Rendering(string Name, string Text, IReadOnlyList<JsonObject> Objects)
{
    public IEnumerable<JsonObject> Of(params string[] kinds) => Objects.Where(o => kinds.Contains(o.Text("kind")));

    /// <summary>Deployments and StatefulSets.</summary>
    public IEnumerable<JsonObject> Workloads => Of("Deployment", "StatefulSet");

    /// <summary>Short, for messages.</summary>
    public override string ToString() => Name;
}

/// <summary>Short ways into objects, for what is there or not.</summary>
internal static class Json
{
    /// <summary>What is at <c>a/b/0/c</c>; null where the way ends before.</summary>
    public static JsonNode? At(this JsonNode? node, string path) => path.Split('/').Aggregate(node, (n, step) => n switch
    {
        JsonObject map => map[step],
        JsonArray list when int.TryParse(step, out var i) && i < list.Count => list[i],
        _ => null,
    });

    public static string? Text(this JsonNode? node, string path) =>
        node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static long? Number(this JsonNode? node, string path) =>
        node.At(path) is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;

    public static bool? Flag(this JsonNode? node, string path) =>
        node.At(path) is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;

    public static IEnumerable<JsonNode> Items(this JsonNode? node, string path) => (node.At(path) as JsonArray ?? []).OfType<JsonNode>();

    /// <summary>A map of texts, such as labels.</summary>
    public static IReadOnlyDictionary<string, string> Map(this JsonNode? node, string path) =>
        (node.At(path) as JsonObject ?? []).ToDictionary(e => e.Key, e => e.Value!.GetValue<string>());

    public static string Name(this JsonNode node) => node.Text("metadata/name") ?? "";

    /// <summary>Every text below, keys too.</summary>
    public static IEnumerable<string> Texts(this JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(e => e.Value.Texts().Prepend(e.Key)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
