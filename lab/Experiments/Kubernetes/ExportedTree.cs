using System.Text.RegularExpressions;

namespace MsaAspire.Lab.Experiments.Kubernetes;

/// <summary>The objects that <c>aspirate generate</c> wrote.</summary>
/// <param name="Namespace">Where all of them belong.</param>
/// <param name="Rendered">As YAML, secrets included: it goes to kubectl's input and nowhere else.</param>
internal sealed partial record ExportedTree(string Namespace, string Rendered)
{
    private const string File = "kustomization.yaml";

    /// <summary>The folder to render: the overlay <c>prod</c> where there is one; null without a tree.</summary>
    public static string? FolderIn(string tree) =>
        new[] { Path.Combine(tree, "overlays", "prod"), tree }.FirstOrDefault(folder => System.IO.File.Exists(Path.Combine(folder, File)));

    /// <exception cref="InvalidOperationException">kustomize cannot render it.</exception>
    /// <exception cref="InvalidDataException">It is not of one namespace alone.</exception>
    public static async Task<ExportedTree> RenderAsync(Kubectl kubectl, string folder, CancellationToken cancellation) =>
        Of(await kubectl.RunAsync(["kustomize", folder], cancellation));

    /// <exception cref="InvalidDataException">It is not of one namespace alone.</exception>
    public static ExportedTree Of(string rendered)
    {
        var objects = Separator.Split(rendered).Where(text => !string.IsNullOrWhiteSpace(text)).ToList();
        var namespaces = objects.Select(NamespaceOf).Distinct().ToList();
        return namespaces is [{ } only]
            ? new(only, rendered)
            : throw new InvalidDataException(
                "The tree is not of one namespace alone, but of "
                + $"{string.Join(", ", namespaces.Select(n => n ?? "the cluster itself").Order())}.");
    }

    private static string? NamespaceOf(string text) =>
        Kind.Match(text).Groups["kind"].Value == "Namespace" ? Value(Name.Match(text)) : Value(NamespaceLine.Match(text));

    private static string? Value(Match match) => match.Success ? match.Groups["name"].Value : null;

    [GeneratedRegex("^---$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Separator { get; }

    [GeneratedRegex("^kind: (?<kind>[A-Za-z]+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Kind { get; }

    [GeneratedRegex(
        """^  name: "?(?<name>[a-z0-9-]+)"?$""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name { get; }

    [GeneratedRegex(
        """^  namespace: "?(?<name>[a-z0-9-]+)"?$""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamespaceLine { get; }
}
