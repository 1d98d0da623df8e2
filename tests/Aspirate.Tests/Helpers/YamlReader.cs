using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Aspirate.Tests;

/// <summary>
/// YAML as JSON. A plain scalar that any version of YAML takes for something else than a text (<c>on</c>, <c>0x10</c>, <c>1:30</c>,
/// <c>2026-01-01</c>) is no text here either, so that a missing quote shows.
/// </summary>
internal static partial class YamlReader
{
    public static IEnumerable<JsonNode> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(d => Convert(d.RootNode)).OfType<JsonNode>()];
    }

    public static JsonNode? Document(string text) => Documents(text).SingleOrDefault();

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(KeyOf(c.Key), Convert(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidDataException($"Aliases are not for Kubernetes: {node}"),
    };

    private static string KeyOf(YamlNode key) => Convert(key) is JsonValue value && value.TryGetValue<string>(out var text)
        ? text
        : throw new InvalidDataException($"A key is no text: {key}");

    private static JsonNode? Plain(string text)
    {
        if (text.Length == 0 || Null.IsMatch(text))
            return null;
        if (Boolean.IsMatch(text))
            return text.ToLowerInvariant() is "true" or "yes" or "on" or "y";
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return whole;
        // No reader has a number of thousands of digits, and kubectl's takes it for a text.
        var isTooLarge = double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsInfinity(number)
            && char.IsDigit(text[^1]);
        return Other.IsMatch(text) && !isTooLarge ? new JsonObject { ["not a text"] = text } : text;
    }

    [GeneratedRegex("^(~|null)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Null { get; }

    [GeneratedRegex("^(true|false|yes|no|on|off|y|n)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Boolean { get; }

    /// <summary>Fractions, exponents, other bases, base 60 and dates.</summary>
    [GeneratedRegex(
        @"^([-+]?([0-9][0-9_]*)?\.?[0-9][0-9_]*\.?(e[-+]?[0-9]+)?|[-+]?0[xob][0-9a-f_]+|[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?"
        + @"|[-+]?\.(inf|nan)|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?([t ].*)?|<<)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Other { get; }
}
