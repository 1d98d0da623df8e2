using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Aspirate.Tests;

/// <summary>What the API server checks besides the fields: it would refuse an object with any of these problems.</summary>
internal static partial class ServerRules
{
    private const int LongestLabel = 63, LongestPortName = 15, MostConfigBytes = 1024 * 1024;

    private static readonly string[] s_subdomainKinds = ["ConfigMap", "Secret", "PriorityClass", "ServiceAccount", "NetworkPolicy", "PodDisruptionBudget",
        "Ingress"];

    public static IEnumerable<string> Problems(Rendering rendering)
    {
        var twice = rendering.Objects.GroupBy(o => $"{o.Text("kind")} {o.Text("metadata/namespace")}/{o.Name()}").Where(g => g.Count() > 1);
        return
        [
            .. twice.Select(g => $"{g.Key} is there twice"),
            .. rendering.Objects.SelectMany(o => Names(o).Concat(Labels(o)).Select(p => $"{o.Text("kind")} {o.Name()}: {p}")),
            .. rendering.Workloads.SelectMany(w => Pods(w).Select(p => $"{w.Name()}: {p}")),
            .. rendering.Of("Service").SelectMany(s => ServicePorts(s).Select(p => $"service {s.Name()}: {p}")),
            .. rendering.Of("ConfigMap").Where(m => m.ToJsonString().Length > 2 * MostConfigBytes).Select(m => $"{m.Name()} is too large"),
            .. rendering.Of("Ingress").SelectMany(i => i.Items("spec/rules")).Select(r => r.Text("host") ?? "").Where(h => !IsSubdomain(h))
                .Select(h => $"host {h}"),
        ];
    }

    private static IEnumerable<string> Names(JsonObject o)
    {
        var isSubdomain = s_subdomainKinds.Contains(o.Text("kind"));
        if (isSubdomain ? !IsSubdomain(o.Name()) : !IsLabel(o.Name()))
            yield return $"the name \"{o.Name()}\" is not allowed";
        if (o.Text("kind") is not ("Namespace" or "PriorityClass") && !IsLabel(o.Text("metadata/namespace") ?? ""))
            yield return $"the namespace \"{o.Text("metadata/namespace")}\" is not allowed";
    }

    private static IEnumerable<string> Labels(JsonObject o) =>
        from labels in new[] { o.Map("metadata/labels"), o.Map("spec/template/metadata/labels"), o.Map("spec/selector/matchLabels") }
        from label in labels
        where !LabelValue.IsMatch(label.Value) || label.Value.Length > LongestLabel
        select $"the label {label.Key}=\"{label.Value}\" is not allowed";

    private static IEnumerable<string> Pods(JsonObject workload)
    {
        var pod = workload.At("spec/template/spec")!;
        var container = pod.At("containers/0")!;
        var volumes = pod.Items("volumes").Concat(workload.Items("spec/volumeClaimTemplates").Select(c => c["metadata"]!))
            .Select(v => v.Text("name")!).ToList();
        var ports = container.Items("ports").ToList();
        return
        [
            .. Duplicates("volume", volumes)
                .Concat(Duplicates("mount path", container.Items("volumeMounts").Select(m => m.Text("mountPath")!.TrimEnd('/')))),
            .. Duplicates("port name", ports.Select(p => p.Text("name")!))
                .Concat(Duplicates("port", ports.Select(p => $"{p.Number("containerPort")}/{p.Text("protocol")}"))),
            .. volumes.Append(container.Text("name")!).Where(n => !IsLabel(n)).Select(n => $"the name \"{n}\" is not allowed"),
            .. ports.Select(p => p.Text("name")!).Where(n => !IsPortName(n)).Select(n => $"the port name \"{n}\" is not allowed"),
            .. container.Items("volumeMounts").Where(m => m.Text("mountPath") is not ['/', ..])
                .Select(m => $"{m.Text("mountPath")} is not absolute"),
            .. Quantities(container),
        ];
    }

    private static IEnumerable<string> Quantities(JsonNode container) =>
        from name in new[] { "cpu", "memory" }
        let request = Amount(container.Text($"resources/requests/{name}"))
        let limit = Amount(container.Text($"resources/limits/{name}"))
        where request is null or <= 0 || limit is null || request > limit
        select $"{name}: the request {request} and the limit {limit} do not go together";

    private static IEnumerable<string> ServicePorts(JsonObject service)
    {
        var ports = service.Items("spec/ports").ToList();
        return
        [
            .. Duplicates("port name", ports.Select(p => p.Text("name")!)),
            .. Duplicates("port", ports.Select(p => $"{p.Number("port")}/{p.Text("protocol")}")),
            .. ports.Where(p => p.Number("port") is not (> 0 and <= 65535)).Select(p => $"port {p.Number("port")}"),
            .. ports.Count == 0 && service.Text("spec/clusterIP") != "None" ? ["it has no port"] : Array.Empty<string>(),
        ];
    }

    private static IEnumerable<string> Duplicates(string what, IEnumerable<string> names) =>
        names.GroupBy(n => n).Where(g => g.Count() > 1).Select(g => $"the {what} {g.Key} is there twice");

    public static decimal? Amount(string? quantity) => Quantity.Match(quantity ?? "") is { Success: true } match
        ? decimal.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * match.Groups["unit"].Value switch
        {
            "m" => 0.001m,
            "k" => 1000m,
            "M" => 1000_000m,
            "G" => 1000_000_000m,
            "Ki" => 1024m,
            "Mi" => 1024m * 1024,
            "Gi" => 1024m * 1024 * 1024,
            _ => 1m,
        }
        : null;

    private static bool IsLabel(string name) => name.Length <= LongestLabel && DnsLabel.IsMatch(name);

    private static bool IsSubdomain(string name) => name.Length <= 253 && name.Split('.').All(DnsLabel.IsMatch);

    private static bool IsPortName(string name) =>
        name.Length <= LongestPortName && DnsLabel.IsMatch(name) && !name.Contains("--") && name.Any(char.IsLetter);

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DnsLabel { get; }

    [GeneratedRegex(@"\A([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LabelValue { get; }

    [GeneratedRegex(@"\A(?<number>\d+(\.\d+)?)(?<unit>m|k|M|G|Ki|Mi|Gi)?\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quantity { get; }
}
