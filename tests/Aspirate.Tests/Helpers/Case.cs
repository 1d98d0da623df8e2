using System.Text.Json.Nodes;

namespace Aspirate.Tests;

/// <summary>A manifest with the files beside it. Those named <c>official-*</c> were written by the official Aspire 13.5 packages.</summary>
internal static class Case
{
    private static readonly string s_corpus = Path.Combine(Repository.Project, "Corpus");

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetDirectories(s_corpus).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal)];

    /// <summary>Copies it, for the tool keeps its state beside a manifest.</summary>
    /// <returns>The manifest's path.</returns>
    public static string CopyTo(string folder, string name)
    {
        TemporaryFolder.Copy(Path.Combine(s_corpus, name), folder);
        return Path.Combine(folder, "manifest.json");
    }

    /// <summary>A value for each parameter that has none; those of secrets hold whatever likes to be harmed on its way.</summary>
    public static IReadOnlyDictionary<string, string> ParametersOf(JsonNode manifest) => manifest["resources"]!.AsObject()
        .Where(r => r.Value.Text("type") == "parameter.v0" && r.Value.At("inputs/value/default") is null)
        .Select((r, i) => (r.Key, Value: r.Value.Flag("inputs/value/secret") is true ? Secret(r.Key, i) : $"plain-{r.Key}"))
        .ToDictionary(p => p.Key, p => p.Value);

    /// <summary>Such values for the parameters of these names.</summary>
    public static IReadOnlyDictionary<string, string> SecretsOf(params string[] names) =>
        names.Select((name, i) => (name, Value: Secret(name, i))).ToDictionary(p => p.name, p => p.Value);

    private static string Secret(string name, int i) => $" hush {name}: \"q\" 'a' # = \\ $(X) %20 é☃😀{(i % 2 == 0 ? "\nend " : "")}";
}
