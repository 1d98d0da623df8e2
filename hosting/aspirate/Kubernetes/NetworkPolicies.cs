using k8s.Models;
using MsaAspire.Aspirate.Planning;

namespace MsaAspire.Aspirate.Kubernetes;

/// <summary>Allowed connections: only DNS and the references of the app model. Both ends have a policy, the caller and the called.</summary>
internal static class NetworkPolicies
{
    private const int Dns = 53;

    public static V1NetworkPolicy DenyAll(Plan plan) => Policy(
        new() { Name = "default-deny", Labels = Labels.Of(plan) }, new() { PodSelector = new(), PolicyTypes = ["Ingress", "Egress"] });

    public static V1NetworkPolicy AllowDns(Plan plan) => Policy(new() { Name = "allow-dns", Labels = Labels.Of(plan) }, new()
    {
        PodSelector = new(),
        PolicyTypes = ["Egress"],
        Egress =
        [
            new()
            {
                To =
                [
                    new()
                    {
                        NamespaceSelector = new()
                        {
                            MatchLabels = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = "kube-system" },
                        },
                    },
                ],
                Ports = [PortOf(Dns, "UDP"), PortOf(Dns, "TCP")],
            },
        ],
    });

    public static V1NetworkPolicy Of(Plan plan, Workload workload)
    {
        var ingress = plan.CallersOf(workload)
            .GroupBy(c => (c.Port.ContainerPort, c.Port.Protocol))
            .Select(g => new V1NetworkPolicyIngressRule
            {
                FromProperty = [.. g.Select(c => c.Caller).Distinct().Select(caller => PeerOf(plan, caller))],
                Ports = [PortOf(g.Key.ContainerPort, g.Key.Protocol)],
            });
        // From anywhere, because the pods of the ingress controller depend on the cluster.
        var external = workload.Ports.Where(p => p.IsExternal).Select(p => PortOf(p.ContainerPort, p.Protocol)).ToList();
        if (external.Count > 0)
            ingress = ingress.Append(new() { Ports = external });
        var calls = workload.Calls
            .GroupBy(call => call.Resource)
            .Select(g => new V1NetworkPolicyEgressRule
            {
                To = [PeerOf(plan, plan.TargetOf(g.First()))],
                Ports =
                [
                    .. g.Select(call => (call.Port.ContainerPort, call.Port.Protocol)).Distinct()
                        .Select(p => PortOf(p.ContainerPort, p.Protocol)),
                ],
            });
        var outside = workload.OutsideCalls
            .GroupBy(call => call.Port)
            .Select(g => new V1NetworkPolicyEgressRule
            {
                To = [.. g.Select(call => new V1NetworkPolicyPeer { IpBlock = new() { Cidr = call.Cidr } })],
                Ports = g.Key is { } port ? [PortOf(port, "TCP")] : null,
            });
        List<V1NetworkPolicyIngressRule> ins = [.. ingress];
        List<V1NetworkPolicyEgressRule> outs = [.. calls, .. outside];
        return Policy(Objects.Metadata(plan, workload), new()
        {
            PodSelector = new() { MatchLabels = Labels.Selector(plan, workload) },
            PolicyTypes = ["Ingress", "Egress"],
            Ingress = ins.Count > 0 ? ins : null,
            Egress = outs.Count > 0 ? outs : null,
        });
    }

    private static V1NetworkPolicy Policy(V1ObjectMeta metadata, V1NetworkPolicySpec spec) =>
        new() { ApiVersion = "networking.k8s.io/v1", Kind = "NetworkPolicy", Metadata = metadata, Spec = spec };

    private static V1NetworkPolicyPeer PeerOf(Plan plan, Workload workload) =>
        new() { PodSelector = new() { MatchLabels = Labels.Selector(plan, workload) } };

    private static V1NetworkPolicyPort PortOf(int port, string protocol) => new() { Port = port, Protocol = protocol };
}
