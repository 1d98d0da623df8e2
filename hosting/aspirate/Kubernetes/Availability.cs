using k8s.Models;
using MsaAspire.Aspirate.Planning;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Kubernetes;

/// <summary>The number of pods under node maintenance and load.</summary>
internal static class Availability
{
    /// <summary>A short drop of the load does not remove pods that are soon needed again.</summary>
    private const int ScaleDownSeconds = 300;

    /// <summary>
    /// Nodes are drained one pod of a workload at a time; this also suits a workload of one pod, which would otherwise block the drain for ever.
    /// </summary>
    public static V1PodDisruptionBudget DisruptionBudget(Plan plan, Workload workload) => new()
    {
        ApiVersion = "policy/v1",
        Kind = "PodDisruptionBudget",
        Metadata = Objects.Metadata(plan, workload),
        Spec = new()
        {
            MaxUnavailable = 1,
            UnhealthyPodEvictionPolicy = "AlwaysAllow",
            Selector = new() { MatchLabels = Labels.Selector(plan, workload) },
        },
    };

    public static V2HorizontalPodAutoscaler Autoscaler(Plan plan, Workload workload, AutoscaleSettings settings) => new()
    {
        ApiVersion = "autoscaling/v2",
        Kind = "HorizontalPodAutoscaler",
        Metadata = Objects.Metadata(plan, workload),
        Spec = new()
        {
            ScaleTargetRef = new() { ApiVersion = "apps/v1", Kind = "Deployment", Name = workload.Name },
            MinReplicas = settings.Min,
            MaxReplicas = settings.Max,
            Metrics =
            [
                new()
                {
                    Type = "Resource",
                    Resource = new() { Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = settings.CpuPercent } },
                },
            ],
            Behavior = new() { ScaleDown = new() { StabilizationWindowSeconds = ScaleDownSeconds } },
        },
    };
}
