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
            // Gives the pods of a StatefulSet their names, even before they are ready: they may need to find each other to become ready.
            var headless = Service(plan, workload, HeadlessName(workload), workload.Ports, "ClusterIP");
            (headless.Spec.ClusterIP, headless.Spec.PublishNotReadyAddresses) = ("None", true);
            yield return headless;
        }

        // An ingress speaks HTTP only.
        var others = workload.Ports.Where(p => p is { IsExternal: true, IsHttp: false }).ToList();
        if (others.Count > 0)
            yield return Service(plan, workload, ExternalName(workload), others, "LoadBalancer");
    }

    /// <summary>The names of all that <see cref="Of"/> makes.</summary>
    public static IEnumerable<string> NamesOf(Workload workload)
    {
        if (workload.Ports.Count > 0)
            yield return workload.Name;
        if (workload.IsStateful)
            yield return HeadlessName(workload);
        if (workload.Ports.Any(p => p is { IsExternal: true, IsHttp: false }))
            yield return ExternalName(workload);
    }

    private static string ExternalName(Workload workload) => $"{workload.Name}-external";

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
                TargetPort = workload.NameInContainer(p),
                Protocol = p.Protocol,
                AppProtocol = p.AppProtocol,
            })],
        },
    };
}
