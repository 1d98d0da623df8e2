using System.Text.RegularExpressions;

namespace Aspire.Hosting.Dcp;

/// <summary>DCP reads arguments and variables as Go templates; this keeps that to what the orchestrator itself put in.</summary>
internal static partial class DcpTemplate
{
    public static string PortForServing(string serviceName) => $$$"""{{- portForServing "{{{serviceName}}}" -}}""";

    private static string PortFor(string serviceName) => $$$"""{{- portFor "{{{serviceName}}}" -}}""";

    /// <summary>
    /// Makes a resolved value safe for DCP: braces of the user's own stay text, and the port on which another resource's process listens, which only that
    /// process knows, becomes the port under which everyone reaches it.
    /// </summary>
    public static string Prepare(string value, IReadOnlyCollection<string> ownServices) => !value.Contains("{{", StringComparison.Ordinal)
        ? value
        : ForeignBraces().Replace(
            OwnPort().Replace(value, m => ownServices.Contains(m.Groups["name"].Value) ? m.Value : PortFor(m.Groups["name"].Value)),
            """{{"{{"}}""");

    [GeneratedRegex("""\{\{- portForServing "(?<name>[^"]+)" -\}\}""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnPort();

    [GeneratedRegex("""\{\{(?!- (?:portForServing|portFor|index) )""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ForeignBraces();
}
