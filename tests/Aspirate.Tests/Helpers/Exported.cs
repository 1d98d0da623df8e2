using System.Text.Json;
using System.Text.Json.Nodes;
using MsaAspire.Aspirate.Parameters;
using Xunit;

namespace Aspirate.Tests;

/// <summary>A case after <c>generate</c> and <c>kubectl kustomize</c>.</summary>
/// <param name="Tree">The output folder.</param>
/// <param name="Secrets">The value of every secret parameter.</param>
/// <param name="Rendered">The base's and each overlay's; none where there is no kubectl.</param>
/// <param name="Said">On standard output and error.</param>
internal sealed record Exported(
    string Tree, JsonNode Manifest, JsonNode? Settings, IReadOnlyCollection<string> Secrets, IReadOnlyList<Rendering> Rendered, string Said)
{
    public const string Password = "x";

    private static readonly JsonDocumentOptions s_lenient =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The base first. Skips the test where there is no kubectl.</summary>
    public IReadOnlyList<Rendering> Renderings
    {
        get
        {
            Kustomize.SkipWhereAbsent();
            return Rendered;
        }
    }

    public Rendering Base => Renderings[0];

    public Rendering Overlay(string name) => Renderings.Single(r => r.Name == name);

    /// <summary>Exports the manifest with everything beside it.</summary>
    public static async Task<Exported> OfAsync(string manifestPath, params string[] more)
    {
        var folder = Path.GetDirectoryName(manifestPath)!;
        var given = Case.ParametersOf(await ReadAsync(manifestPath));
        return await OfAsync(["-m", manifestPath, .. more], manifestPath, folder, Path.Combine(folder, "tree"), given);
    }

    /// <summary>
    /// Exports the shop by way of its AppHost. All its secrets are given, so that a developer's state file is neither read nor written.
    /// </summary>
    public static Task<Exported> OfShopAsync(string folder) => OfAsync(
        ["--project-path", Repository.AppHost, "--container-registry", "r.example:5000"],
        Path.Combine(Repository.AppHost, "obj", "aspirate", "manifest.json"),
        Repository.AppHost, Path.Combine(folder, "tree"), Case.SecretsOf("postgres-password", "broker-password"));

    private static async Task<Exported> OfAsync(
        string[] source, string manifestPath, string folder, string tree, IReadOnlyDictionary<string, string> given)
    {
        var run = await Tool.RunAsync([
            "generate", .. source, "--non-interactive", "--skip-build", "--output-path", tree, "--secret-password", Password,
            .. given.SelectMany(p => new[] { "--parameter", $"{p.Key}={p.Value}" })]);
        Assert.True(run.ExitCode == 0, run.Error);
        var manifest = await ReadAsync(manifestPath);
        var settings = Path.Combine(folder, "aspirate.json");
        var secrets = SecretsOf(manifest, given, new(() => StateFile.Read(Path.Combine(folder, "aspirate-state.json"), Password)));
        return new(
            tree, manifest, File.Exists(settings) ? await ReadAsync(settings) : null, [.. secrets],
            Kustomize.IsThere ? await RenderAsync(tree) : [], run.Output + run.Error);
    }

    /// <summary>The base first.</summary>
    public static async Task<IReadOnlyList<Rendering>> RenderAsync(string tree)
    {
        List<Rendering> all = [await Kustomize.RenderAsync(tree, "base")];
        foreach (var overlay in Directory.GetDirectories(Path.Combine(tree, "overlays")).Order(StringComparer.Ordinal))
            all.Add(await Kustomize.RenderAsync(overlay, Path.GetFileName(overlay)));
        return all;
    }

    private static IEnumerable<string> SecretsOf(
        JsonNode manifest, IReadOnlyDictionary<string, string> given, Lazy<SortedDictionary<string, string>> kept) =>
        from r in manifest["resources"]!.AsObject()
        where r.Value.Flag("inputs/value/secret") is true
        select given.GetValueOrDefault(r.Key) ?? r.Value.Text("inputs/value/default/value") ?? kept.Value[r.Key];

    private static async Task<JsonNode> ReadAsync(string path) =>
        JsonNode.Parse(await File.ReadAllTextAsync(path), documentOptions: s_lenient)!;
}
