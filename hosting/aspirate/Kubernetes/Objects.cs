using k8s.Models;
using MsaAspire.Aspirate.Planning;

namespace MsaAspire.Aspirate.Kubernetes;

/// <summary>The objects of one workload, by the file that each is written to.</summary>
internal static class Objects
{
    public static IEnumerable<(string File, object Object)> Of(Plan plan, Workload workload)
    {
        yield return ("service-account.yaml", new V1ServiceAccount
        {
            ApiVersion = "v1",
            Kind = "ServiceAccount",
            Metadata = Metadata(plan, workload),
            AutomountServiceAccountToken = false,
            ImagePullSecrets = plan.Settings.Containers.PullSecret is { } secret ? [new() { Name = secret }] : null,
        });
        if (workload.IsStateful)
        {
            yield return ("statefulset.yaml", Workloads.StatefulSet(plan, workload));
        }
        else
        {
            yield return ("deployment.yaml", Workloads.Deployment(plan, workload));
            yield return ("pod-disruption-budget.yaml", Availability.DisruptionBudget(plan, workload));
            if (workload.Settings.Autoscale is { } autoscale)
                yield return ("autoscaler.yaml", Availability.Autoscaler(plan, workload, autoscale));
        }

        foreach (var service in Services.Of(plan, workload))
            yield return ($"service{service.Metadata.Name[workload.Name.Length..]}.yaml", service);
        yield return ("network-policy.yaml", NetworkPolicies.Of(plan, workload));
        if (Ingresses.Of(plan, workload, plan.Settings.Ingress) is { } ingress)
            yield return ("ingress.yaml", ingress);
    }

    public static V1ObjectMeta Metadata(Plan plan, Workload workload, string? name = null) =>
        new() { Name = name ?? workload.Name, Labels = Labels.Of(plan, workload) };

    /// <summary>The ConfigMap with the environment variables that are not secret.</summary>
    public static string ConfigOf(Workload workload) => $"{workload.Name}-config";

    /// <summary>The Secret with the rest.</summary>
    public static string SecretsOf(Workload workload) => $"{workload.Name}-secrets";

    /// <summary>The ConfigMap with files.</summary>
    public static string FilesOf(Workload workload, ConfigFiles files) => $"{workload.Name}-{files.Name}";
}
