using k8s.Models;
using MsaAspire.Aspirate.Planning;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Kubernetes;

/// <summary>How many pods there are when nodes come and go and load rises.</summary>
internal static class Availability
{
    /// <summary>A load that falls for a moment does not end pods that are needed again at once.</summary>
    private const int ScaleDownSeconds = 300;

    /// <summary>
    /// Nodes are emptied one pod of a workload at a time; also right for a workload of one, which would else keep its node for ever.
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
