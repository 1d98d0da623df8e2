using k8s.Models;
using MsaAspire.Aspirate.Planning;

namespace MsaAspire.Aspirate.Kubernetes;

/// <summary>
/// Allowed connections: only DNS, the references of the app model, and those among the replicas of a workload.
/// Both ends have a policy, the caller and the called.
/// </summary>
internal static class NetworkPolicies
{
    private static readonly int[] s_dnsPorts = [53, 5353];

    private static readonly string[] s_dnsNetworks = ["169.254.20.10/32", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"];

    public static V1NetworkPolicy DenyAll(Plan plan) => Policy(
        new() { Name = "default-deny", Labels = Labels.Of(plan) }, new() { PodSelector = new(), PolicyTypes = ["Ingress", "Egress"] });

    /// <summary>
    /// To the pods of any namespace, and to private addresses: the DNS service is elsewhere than in kube-system on OpenShift, where its pods listen
    /// on 5353, and a cache on the node (NodeLocal DNSCache) has a link-local address, or the service's own.
    /// </summary>
    public static V1NetworkPolicy AllowDns(Plan plan) => Policy(new() { Name = "allow-dns", Labels = Labels.Of(plan) }, new()
    {
        PodSelector = new(),
        PolicyTypes = ["Egress"],
        Egress =
        [
            new()
            {
                To = [new() { NamespaceSelector = new() }, .. s_dnsNetworks.Select(cidr => new V1NetworkPolicyPeer { IpBlock = new() { Cidr = cidr } })],
                Ports = [.. from port in s_dnsPorts from protocol in new[] { "UDP", "TCP" } select PortOf(port, protocol)],
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
