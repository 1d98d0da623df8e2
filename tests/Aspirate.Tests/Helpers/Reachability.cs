using System.Text.Json.Nodes;

namespace Aspirate.Tests;

/// <summary>A pod reaches a port of another's.</summary>
internal readonly record struct Way(string Caller, string Callee, long Port, string Protocol)
{
    public override string ToString() => $"{Caller} -> {Callee}:{Port}/{Protocol}";
}

/// <summary>Who reaches whom by the network policies: the caller's must let it out and the called's let it in. Replicas are others, too.</summary>
internal static class Reachability
{
    public static IReadOnlyList<Way> Of(Rendering rendering)
    {
        var policies = rendering.Of("NetworkPolicy").ToList();
        var ways = from caller in rendering.Workloads
                   from callee in rendering.Workloads
                   from port in Mentioned(policies).Concat(PortsOf(callee)).Distinct()
                   where Allows(policies, caller, callee, port, "Egress", "to") && Allows(policies, callee, caller, port, "Ingress", "from")
                   select new Way(caller.Name(), callee.Name(), port.Number, port.Protocol);
        return [.. ways.OrderBy(w => w.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>What the manifest's references ask for, at the ports where the containers listen; and each workload's replicas, at all its ports.</summary>
    public static IReadOnlyList<Way> Wanted(Exported exported) =>
    [
        .. Model.References(exported.Manifest, exported.Settings).Select(r =>
        {
            var (port, protocol) = Listening(exported.Base, r.Callee, r.Binding);
            return new Way(r.Caller, r.Callee, port, protocol);
        }).Concat(exported.Base.Workloads.SelectMany(w => PortsOf(w).Select(p => new Way(w.Name(), w.Name(), p.Number, p.Protocol))))
            .Distinct().OrderBy(w => w.ToString(), StringComparer.Ordinal),
    ];

    /// <summary>Pods are nobody's: where no policy of a direction selects one, all is allowed.</summary>
    private static bool Allows(
        List<JsonObject> policies, JsonObject pod, JsonObject other, (long Number, string Protocol) port, string direction, string peers)
    {
        var own = policies.Where(p => Types(p).Contains(direction) && Selects(p.At("spec/podSelector"), pod)).ToList();
        return own.Count == 0 || own.SelectMany(p => p.Items($"spec/{direction.ToLowerInvariant()}")).Any(rule =>
            (rule.At(peers) is null || rule.Items(peers).Any(peer => IsPod(peer, other)))
                && (rule.At("ports") is null || rule.Items("ports")
                .Any(p => p.Number("port") == port.Number && (p.Text("protocol") ?? "TCP") == port.Protocol)));
    }

    /// <summary>A block of addresses is for what is outside the cluster, and a namespace is another's.</summary>
    private static bool IsPod(JsonNode peer, JsonObject pod) =>
        peer.At("ipBlock") is null && peer.At("namespaceSelector") is null && Selects(peer.At("podSelector"), pod);

    private static bool Selects(JsonNode? selector, JsonObject workload) =>
        selector.Map("matchLabels").All(l => workload.Map("spec/template/metadata/labels").GetValueOrDefault(l.Key) == l.Value);

    private static IEnumerable<string> Types(JsonObject policy) => policy.Items("spec/policyTypes").Select(t => t.GetValue<string>());

    private static IEnumerable<(long Number, string Protocol)> Mentioned(List<JsonObject> policies) =>
        from p in policies
        from direction in new[] { "ingress", "egress" }
        from rule in p.Items($"spec/{direction}")
        from port in rule.Items("ports")
        select (port.Number("port")!.Value, port.Text("protocol") ?? "TCP");

    private static IEnumerable<(long Number, string Protocol)> PortsOf(JsonObject workload) =>
        workload.Items("spec/template/spec/containers/0/ports")
            .Select(p => (p.Number("containerPort")!.Value, p.Text("protocol") ?? "TCP"));

    /// <summary>
    /// By way of the Service. A binding without a port there is https, for which http stands, or has a name too long for a port.
    /// </summary>
    private static (long, string) Listening(Rendering rendering, string workload, string binding)
    {
        var ports = rendering.Of("Service").Single(s => s.Name() == workload).Items("spec/ports").ToList();
        var port = ports.Find(p => string.Equals(p.Text("name"), binding, StringComparison.OrdinalIgnoreCase))
            ?? ports.Find(p => binding == "https" ? p.Text("name") == "http" : p.Text("name")!.StartsWith("p-"))
            ?? throw new InvalidDataException($"{workload} has no port for {binding}");
        var target = Kubelet.Container(rendering, workload).Items("ports").Single(p => p.Text("name") == port.Text("targetPort"));
        return (target.Number("containerPort")!.Value, target.Text("protocol")!);
    }
}
