using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace Aspirate.Tests;

/// <summary>The real <c>kubectl kustomize</c>, which needs no cluster.</summary>
internal static class Kustomize
{
    public static bool IsThere { get; } = ExternalProgram.IsOnPath(OperatingSystem.IsWindows() ? "kubectl.exe" : "kubectl");

    public static void SkipWhereAbsent() =>
        Assert.SkipUnless(IsThere, "kubectl is not on PATH, and nothing else renders a kustomize tree.");

    public static async Task<Rendering> RenderAsync(string folder, string name)
    {
        SkipWhereAbsent();
        var run = await ExternalProgram.RunAsync("kubectl", ["kustomize", folder]);
        Assert.True(run.ExitCode == 0, $"kubectl kustomize {name}: {run.Error}");
        return new(name, run.Output, [.. YamlReader.Documents(run.Output).Select(d => d.AsObject())]);
    }

    /// <summary>What kubectl itself takes the objects of a YAML file for; needs no cluster either.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ReadAsync(string path)
    {
        SkipWhereAbsent();
        var run = await ExternalProgram.RunAsync(
            "kubectl", ["patch", "--local", "--filename", path, "--type", "merge", "--patch", "{}", "--output", "json"]);
        Assert.True(run.ExitCode == 0, run.Error);
        // One object after the other.
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(run.Output), new JsonReaderOptions { AllowMultipleValues = true });
        var objects = new List<JsonNode>();
        while (reader.Read())
            objects.Add(JsonNode.Parse(ref reader)!);
        return objects;
    }
}
