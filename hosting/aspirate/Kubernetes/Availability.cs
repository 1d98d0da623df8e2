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
    /// The lowest number that was wanted in this time holds: a pod that starts compiles its code and uses a core for half a minute, which more
    /// pods would make longer.
    /// </summary>
    private const int ScaleUpSeconds = 120;

    /// <summary>Pods without a class have 0.</summary>
    private const int ServerPriority = 1000;

    /// <summary>So many pods more at once, and in each minute.</summary>
    private const int ScaleUpPods = 2, ScaleUpPeriod = 60;

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

    /// <summary>The servers' class: a node that is full stops pods of services for them, which can run elsewhere, and not the other way round.</summary>
    public static V1PriorityClass ServersFirst(Plan plan) => new()
    {
        ApiVersion = "scheduling.k8s.io/v1",
        Kind = "PriorityClass",
        Metadata = new() { Name = ServerPriorityOf(plan), Labels = Labels.Of(plan) },
        Value = ServerPriority,
        Description = "Servers with the data of all services.",
    };

    public static string ServerPriorityOf(Plan plan) => $"{plan.Namespace}-servers";

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
                    Resource = new() { Name = "cpu", Target = new() { Type = "AverageValue", AverageValue = new(settings.Cpu) } },
                },
            ],
            Behavior = new()
            {
                ScaleUp = new()
                {
                    StabilizationWindowSeconds = ScaleUpSeconds,
                    Policies = [new() { Type = "Pods", Value = ScaleUpPods, PeriodSeconds = ScaleUpPeriod }],
                },
                ScaleDown = new() { StabilizationWindowSeconds = ScaleDownSeconds },
            },
        },
    };
}
