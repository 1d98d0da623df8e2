using k8s.Models;
using MsaAspire.Aspirate.Planning;

namespace MsaAspire.Aspirate.Kubernetes;

/// <summary>The names by which workloads find one another.</summary>
internal static class Services
{
    public static IEnumerable<V1Service> Of(Plan plan, Workload workload)
    {
        if (workload.Ports.Count > 0)
            yield return Service(plan, workload, workload.Name, workload.Ports, "ClusterIP");
        if (workload.IsStateful)
        {
            // Gives the pods of a StatefulSet their names; before they are ready, for they may look for each other in order to become so.
            var headless = Service(plan, workload, HeadlessName(workload), workload.Ports, "ClusterIP");
            (headless.Spec.ClusterIP, headless.Spec.PublishNotReadyAddresses) = ("None", true);
            yield return headless;
        }

        // An ingress speaks HTTP only.
        var others = workload.Ports.Where(p => p is { IsExternal: true, IsHttp: false }).ToList();
        if (others.Count > 0)
            yield return Service(plan, workload, $"{workload.Name}-external", others, "LoadBalancer");
    }

    public static string HeadlessName(Workload workload) => $"{workload.Name}-headless";

    private static V1Service Service(Plan plan, Workload workload, string name, IReadOnlyList<Port> ports, string type) => new()
    {
        ApiVersion = "v1",
        Kind = "Service",
        Metadata = Objects.Metadata(plan, workload, name),
        Spec = new()
        {
            Type = type,
            Selector = Labels.Selector(plan, workload),
            Ports = ports.Count == 0 ? null : [.. ports.Select(p => new V1ServicePort
            {
                Name = p.Name,
                Port = p.ServicePort,
                TargetPort = Target(workload, p),
                Protocol = p.Protocol,
                AppProtocol = p.AppProtocol,
            })],
        },
    };

    /// <summary>By name; two bindings of one container port have one name there.</summary>
    private static IntOrString Target(Workload workload, Port port) =>
        workload.Ports.First(p => p.ContainerPort == port.ContainerPort && p.Protocol == port.Protocol).Name;
}
