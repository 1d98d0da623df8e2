using System.Text.Json.Nodes;

namespace Aspirate.Tests;

/// <summary>Manifests that are made rather than written.</summary>
internal static class Models
{
    /// <summary>A project whose environment has the value of each parameter under the parameter's name.</summary>
    public static JsonObject Parameters(IEnumerable<string> names, bool secret)
    {
        var resources = new JsonObject { ["api"] = Project("api", names.ToDictionary(n => n, n => $"{{{n}.value}}")) };
        foreach (var name in names)
            resources[name] = Parameter(name, secret);
        return new() { ["resources"] = resources };
    }

    public static JsonObject Parameter(string name, bool secret, JsonObject? @default = null)
    {
        var input = new JsonObject { ["type"] = "string", ["secret"] = secret };
        if (@default is not null)
            input["default"] = @default;
        return new() { ["type"] = "parameter.v0", ["value"] = $"{{{name}.inputs.value}}",
            ["inputs"] = new JsonObject { ["value"] = input } };
    }

    /// <summary>A project that listens.</summary>
    public static JsonObject Project(string name, IReadOnlyDictionary<string, string>? environment = null) => new()
    {
        ["type"] = "project.v0",
        ["path"] = $"../{name}/{name}.csproj",
        ["env"] = new JsonObject(
            (environment ?? new Dictionary<string, string>()).Select(e => KeyValuePair.Create(e.Key, (JsonNode?)e.Value))),
        ["bindings"] = new JsonObject { ["http"] = new JsonObject { ["scheme"] = "http", ["protocol"] = "tcp", ["transport"] = "http" } },
    };
}
