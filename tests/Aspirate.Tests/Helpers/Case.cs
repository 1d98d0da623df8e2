using System.Text.Json.Nodes;
using Xunit;

namespace Aspirate.Tests;

/// <summary>
/// A manifest with what lies beside it: one of this project's corpus, or one that the official Aspire packages wrote
/// (<c>../shared/conformance</c>, which may be absent).
/// </summary>
internal static class Case
{
    private const string Official = "official-";

    private static readonly string s_corpus = Path.Combine(Repository.Tests, "Corpus"),
        s_official = Path.Combine(Repository.Shared, "conformance");

    private static readonly string[] s_officialNames =
        ["01-project", "02-reference", "03-postgres", "04-rabbitmq", "05-parameters", "06-container", "07-node", "08-executable",
            "09-shop"];

    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.GetDirectories(s_corpus).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal),
        .. s_officialNames.Select(name => Official + name),
    ];

    /// <summary>Copies it, for the tool keeps its state beside a manifest.</summary>
    /// <returns>The manifest's path.</returns>
    public static string CopyTo(string folder, string name)
    {
        if (!name.StartsWith(Official))
        {
            TemporaryFolder.Copy(Path.Combine(s_corpus, name), folder);
            return Path.Combine(folder, "manifest.json");
        }

        Assert.SkipUnless(Directory.Exists(s_official), $"{s_official}, which holds what the official packages wrote, is absent.");
        TemporaryFolder.Copy(Path.Combine(s_official, name[Official.Length..]), folder);
        var manifest = Path.Combine(folder, "manifest.json");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("{hash}", "0123456789"));
        // What 06-container mounts.
        Directory.CreateDirectory(Path.Combine(folder, "AppHost", "config"));
        File.WriteAllText(Path.Combine(folder, "AppHost", "config", "cache.conf"), "maxmemory 64mb\n");
        return manifest;
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
