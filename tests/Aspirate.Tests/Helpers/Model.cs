using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aspirate.Tests;

/// <summary>A resource reaches another's binding.</summary>
internal readonly record struct Reference(string Caller, string Callee, string Binding);

/// <summary>What a manifest says, read a second time and more simply than the tool does.</summary>
internal static partial class Model
{
    public static bool Runs(JsonNode resource) =>
        resource.Text("type")?.Split('.')[0] is "project" or "container" or "dockerfile" or "executable";

    /// <summary>
    /// Whose texts lead to whose bindings, by way of connection strings and values. A target port or a scheme leads nowhere.
    /// </summary>
    public static IEnumerable<Reference> References(JsonNode manifest, JsonNode? settings) =>
        from resource in manifest["resources"]!.AsObject()
        where Runs(resource.Value!)
        from text in Texts(resource.Value!).Concat(Texts(SettingsOf(settings, resource.Key)))
        from found in Bindings(manifest, text)
        where found.Property is not ("targetPort" or "scheme")
            && !string.Equals(found.Resource, resource.Key, StringComparison.OrdinalIgnoreCase)
        select new Reference(resource.Key.ToLowerInvariant(), found.Resource.ToLowerInvariant(), found.Binding);

    private static IEnumerable<string> Texts(JsonNode? resource) =>
        new[] { "env", "args", "environment", "arguments" }.SelectMany(part => Values(resource.At(part)))
            .Concat(Values(resource.At("entrypoint")));

    private static IEnumerable<string> Values(JsonNode? node) =>
        node is JsonObject map ? map.SelectMany(e => e.Value.Texts()) : node.Texts();

    private static JsonNode? SettingsOf(JsonNode? settings, string name) =>
        (settings.At("resources") as JsonObject)?.FirstOrDefault(r => string.Equals(r.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    private static IEnumerable<(string Resource, string Binding, string Property)> Bindings(JsonNode manifest, string text) =>
        Ref.Matches(text).SelectMany(m => m.Groups["binding"].Success
            ? [(m.Groups["name"].Value, m.Groups["binding"].Value, m.Groups["property"].Value)]
            : Find(manifest, m.Groups["name"].Value).Text(m.Groups["path"].Value) is { } inner ? Bindings(manifest, inner) : []);

    private static JsonNode? Find(JsonNode manifest, string name) =>
        manifest["resources"]!.AsObject().FirstOrDefault(r => string.Equals(r.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    [GeneratedRegex(
        @"\{(?<name>[A-Za-z][\w-]*)\.(bindings\.(?<binding>[\w-]+)\.(?<property>[A-Za-z]+)|(?<path>connectionString|value))\}",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ref { get; }
}
