using System.Text.RegularExpressions;

namespace MsaAspire.Aspirate.Manifests;

/// <summary>A text of the manifest with references such as <c>{catalog.bindings.http.url}</c> in it.</summary>
internal static partial class Template
{
    private static readonly string[] s_properties = ["bindings", "connectionString", "value", "inputs", "outputs", "containerImage", "path"];

    /// <summary>
    /// Replaces each reference. Aspire does not escape literal braces (<c>hello {world}</c>), so what does not look like
    /// a reference is text.
    /// </summary>
    /// <param name="template">The text.</param>
    /// <param name="resolve">The value of a resource's property, such as (<c>catalog</c>, <c>bindings.http.url</c>).</param>
    public static string Replace(string template, Func<string, string, string> resolve) =>
        Reference.Replace(template, match => s_properties.Contains(match.Groups["root"].Value)
            ? resolve(match.Groups["resource"].Value, match.Groups["path"].Value)
            : match.Value);

    [GeneratedRegex(@"\{(?<resource>[A-Za-z][A-Za-z0-9-]*)\.(?<path>(?<root>[A-Za-z]+)(\.[A-Za-z0-9_-]+)*)\}",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference { get; }
}
