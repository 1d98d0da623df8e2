using System.Reflection;
using System.Text.Json.Nodes;

namespace Conformance.Tests;

/// <summary>An AppHost program and what the official packages made of it.</summary>
internal sealed record Case(string Name)
{
    public static readonly string[] All = [.. Directory.GetDirectories(Path.Combine(Folder, "cases")).Select(path => Path.GetFileName(path)).Order()];

    public static string Fixture => Path.Combine(Folder, "fixture");

    public static string AppHostFolder => Path.Combine(Fixture, "AppHost");

    public static string AppHostProject => Path.Combine(AppHostFolder, "AppHost.csproj");

    public string Program => Path.Combine(AppHostFolder, "bin", Metadata("Configuration"), Name, "AppHost.dll");

    public bool Has(string file) => File.Exists(PathOf(file));

    public JsonNode Expected(string file) => JsonNode.Parse(File.ReadAllText(PathOf(file)))!;

    private string PathOf(string file) => Path.Combine(Folder, "cases", Name, file);

    private static string Folder => Metadata("Folder");

    private static string Metadata(string key) => typeof(Case).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}
