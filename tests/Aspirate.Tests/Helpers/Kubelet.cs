using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aspirate.Tests;

/// <summary>What a workload's process would get from the kubelet.</summary>
internal static partial class Kubelet
{
    /// <summary>Its environment, from ConfigMap and Secret.</summary>
    public static IReadOnlyDictionary<string, string> Environment(Rendering rendering, string workload) =>
        Container(rendering, workload).Items("envFrom").SelectMany(source => source.At("configMapRef") is { } map
            ? Entries(rendering, "ConfigMap", map.Text("name")!).Select(e => KeyValuePair.Create(e.Key, TextOf(e.Value)))
            : Entries(rendering, "Secret", source.Text("secretRef/name")!)
                .Select(e => KeyValuePair.Create(e.Key, Decode(e.Value!.GetValue<string>()))))
        .ToDictionary();

    /// <summary>Its command line after the image's own entry point, or instead of it.</summary>
    public static IEnumerable<string> CommandLine(Rendering rendering, string workload)
    {
        var environment = Environment(rendering, workload);
        var container = Container(rendering, workload);
        return container.Items("command").Concat(container.Items("args")).Select(a => Variable.Replace(a.GetValue<string>(), m =>
            m.Value == "$$" ? "$" : environment.GetValueOrDefault(m.Groups["name"].Value, m.Value)));
    }

    /// <summary>The files from ConfigMaps and Secrets by their paths in the container.</summary>
    public static IReadOnlyDictionary<string, byte[]> Files(Rendering rendering, string workload)
    {
        var pod = Workload(rendering, workload).At("spec/template/spec");
        return (from volume in pod.Items("volumes")
                let source = volume.At("configMap") ?? volume.At("secret")
                where source is not null
                from mount in Container(rendering, workload).Items("volumeMounts")
                where mount.Text("name") == volume.Text("name")
                from item in source.Items("items")
                let path = item.Text("path")!
                where mount.Text("subPath") is null || mount.Text("subPath") == path
                select (
                    Path: mount.Text("subPath") is null ? $"{mount.Text("mountPath")}/{path}" : mount.Text("mountPath")!,
                    Content: Content(rendering, source, item.Text("key")!))).ToDictionary(f => f.Path, f => f.Content);
    }

    public static JsonObject Workload(Rendering rendering, string name) => rendering.Workloads.Single(w => w.Name() == name);

    public static JsonNode Container(Rendering rendering, string workload) =>
        Workload(rendering, workload).At("spec/template/spec/containers/0")!;

    private static JsonObject Entries(Rendering rendering, string kind, string name) => Named(rendering, kind, name)["data"]!.AsObject();

    private static JsonObject Named(Rendering rendering, string kind, string name) => rendering.Of(kind).Single(o => o.Name() == name);

    private static byte[] Content(Rendering rendering, JsonNode source, string key) => source.Text("secretName") is { } secret
        ? Convert.FromBase64String(Entries(rendering, "Secret", secret).Text(key)!)
        : Named(rendering, "ConfigMap", source.Text("name")!) is var map && map["data"]?[key] is { } text
            ? Encoding.UTF8.GetBytes(text.GetValue<string>())
            : Convert.FromBase64String(map["binaryData"]![key]!.GetValue<string>());

    private static string TextOf(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : $"no text: {node}";

    private static string Decode(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    [GeneratedRegex(@"\$\$|\$\((?<name>[-._A-Za-z0-9]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable { get; }
}
