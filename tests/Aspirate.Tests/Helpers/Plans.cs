using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Planning;
using MsaAspire.Aspirate.Settings;

namespace Aspirate.Tests;

/// <summary>Plans of models that are a few lines long.</summary>
internal static class Plans
{
    /// <param name="resource">Of the resource <c>x</c>.</param>
    /// <param name="others">Further entries, each <c>"name": {...}</c>.</param>
    public static Workload Of(string resource, ResourceSettings? settings = null, params string[] others)
    {
        using var folder = new TemporaryFolder();
        var manifest = ManifestReader.Read(
            folder.Write("manifest.json", $$"""{ "resources": { {{string.Join(", ", others.Prepend($"\"x\": {resource}"))}} } }"""));
        var parameters = manifest.Resources.OfType<ParameterResource>()
            .ToDictionary(p => $"{p.Name}.value", p => p.Inputs["value"].Default ?? "");
        var all = new AspirateSettings { Resources = new Dictionary<string, ResourceSettings> { ["x"] = settings ?? new() } };
        return Planner.Make(manifest, all, "shop", new ImageNaming(null, null, "1.0"), null, parameters)
            .Workloads.Single(w => w.Name == "x");
    }
}
