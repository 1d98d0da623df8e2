using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Conformance.Tests;

/// <summary>Compares JSON with key order; <c>{placeholders}</c> in expected text stand for what a run makes up.</summary>
internal static class JsonDifference
{
    private static readonly Dictionary<string, string> Placeholders = new()
    {
        ["{hash}"] = "[0-9a-f]{10}",
        ["{port}"] = "[0-9]{4,5}",
        ["{key}"] = "[A-Za-z0-9]{16,}",
        ["{suffix}"] = "[a-z0-9]{8}",
    };

    /// <summary>Describes the first difference; null when there is none.</summary>
    public static string? First(JsonNode? expected, JsonNode? actual, string path = "$") => (expected, actual) switch
    {
        (JsonObject left, JsonObject right) => FirstOfObjects(left, right, path),
        (JsonArray left, JsonArray right) => FirstOfArrays(left, right, path),
        _ => Matches(expected, actual) ? null : $"{path}: expected {Text(expected)}, got {Text(actual)}",
    };

    private static string? FirstOfObjects(JsonObject expected, JsonObject actual, string path)
    {
        var inBoth = expected.Zip(actual).TakeWhile(pair => pair.First.Key == pair.Second.Key).ToList();
        var difference = inBoth.Select(pair => First(pair.First.Value, pair.Second.Value, $"{path}.{pair.First.Key}")).FirstOrDefault(found => found is not null);
        if (difference is not null)
            return difference;
        return inBoth.Count == expected.Count && inBoth.Count == actual.Count
            ? null
            : $"{path}: expected key {KeyAt(expected, inBoth.Count)} next, got {KeyAt(actual, inBoth.Count)}";
    }

    private static string? FirstOfArrays(JsonArray expected, JsonArray actual, string path) =>
        expected.Zip(actual).Select((pair, index) => First(pair.First, pair.Second, $"{path}[{index}]")).FirstOrDefault(found => found is not null)
        ?? (expected.Count == actual.Count ? null : $"{path}: expected {expected.Count} items, got {actual.Count}");

    private static bool Matches(JsonNode? expected, JsonNode? actual)
    {
        if (Text(expected) is var wanted && !Placeholders.Keys.Any(wanted.Contains))
            return wanted == Text(actual);
        var pattern = Placeholders.Aggregate(Regex.Escape(wanted), (text, placeholder) =>
            text.Replace(Regex.Escape(placeholder.Key), placeholder.Value));
        return Regex.IsMatch(Text(actual), $"^{pattern}$", RegexOptions.None, TimeSpan.FromSeconds(1));
    }

    private static string Text(JsonNode? node) => node?.ToJsonString() ?? "null";

    private static string KeyAt(JsonObject node, int index) => index < node.Count ? $"'{node.GetAt(index).Key}'" : "(no more)";
}
