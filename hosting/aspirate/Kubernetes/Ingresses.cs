using k8s.Models;
using MsaAspire.Aspirate.Planning;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Kubernetes;

/// <summary>Ingresses for workloads with an external HTTP binding.</summary>
internal static class Ingresses
{
    /// <summary>Null when the workload is not reached from outside.</summary>
    public static V1Ingress? Of(Plan plan, Workload workload, IngressSettings? settings)
    {
        if (ExternalPort(workload) is not { } port)
            return null;
        var host = HostOf(plan, workload, settings);
        return new()
        {
            ApiVersion = "networking.k8s.io/v1",
            Kind = "Ingress",
            Metadata = With(Objects.Metadata(plan, workload), settings?.Annotations),
            Spec = new()
            {
                IngressClassName = settings?.ClassName,
                Tls = settings?.TlsSecret is { } secret ? [new() { Hosts = [host], SecretName = secret }] : null,
                Rules =
                [
                    new()
                    {
                        Host = host,
                        Http = new()
                        {
                            Paths =
                            [
                                new()
                                {
                                    Path = "/",
                                    PathType = "Prefix",
                                    Backend = new() { Service = new() { Name = workload.Name, Port = new() { Name = port.Name } } },
                                },
                            ],
                        },
                    },
                ],
            },
        };
    }

    private static Port? ExternalPort(Workload workload) => workload.Ports.FirstOrDefault(p => p is { IsExternal: true, IsHttp: true });

    /// <summary>A single external workload gets the host itself; several get names below it.</summary>
    private static string HostOf(Plan plan, Workload workload, IngressSettings? settings)
    {
        // A browser resolves every name below localhost to this machine.
        var host = settings?.Host ?? $"{plan.Namespace}.localhost";
        return workload.Settings.Host ?? (plan.Workloads.Count(w => ExternalPort(w) is not null) == 1 ? host : $"{workload.Name}.{host}");
    }

    private static V1ObjectMeta With(V1ObjectMeta metadata, IReadOnlyDictionary<string, string>? annotations)
    {
        if (annotations is { Count: > 0 })
            metadata.Annotations = new SortedDictionary<string, string>(annotations.ToDictionary(), StringComparer.Ordinal);
        return metadata;
    }
}
