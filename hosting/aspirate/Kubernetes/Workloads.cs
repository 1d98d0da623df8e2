using k8s.Models;
using MsaAspire.Aspirate.Planning;

namespace MsaAspire.Aspirate.Kubernetes;

/// <summary>The Deployment or StatefulSet of a workload.</summary>
internal static class Workloads
{
    private const int HistoryLimit = 5, ProgressSeconds = 600, SettleSeconds = 5;

    private const string DefaultStorage = "8Gi";

    /// <summary>Replaces pods one after the other, a new one first, so that there are never fewer than asked for.</summary>
    public static V1Deployment Deployment(Plan plan, Workload workload) => new()
    {
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Metadata = Objects.Metadata(plan, workload),
        Spec = new()
        {
            // A deployment must not reset the autoscaler's number.
            Replicas = workload.Settings.Autoscale is null ? workload.Replicas : null,
            RevisionHistoryLimit = HistoryLimit,
            ProgressDeadlineSeconds = ProgressSeconds,
            MinReadySeconds = SettleSeconds,
            Strategy = new() { Type = "RollingUpdate", RollingUpdate = new() { MaxUnavailable = 0, MaxSurge = 1 } },
            Selector = new() { MatchLabels = Labels.Selector(plan, workload) },
            Template = Pods.Template(plan, workload),
        },
    };

    /// <summary>One pod, whose name and volumes stay the same.</summary>
    /// <exception cref="AspirateException">The settings ask for several replicas: that alone does not make servers share data.</exception>
    public static V1StatefulSet StatefulSet(Plan plan, Workload workload)
    {
        if (workload.Replicas > 1 || workload.Settings.Autoscale is not null)
        {
            throw new AspirateException(
                $"The resource \"{workload.Resource.Name}\" keeps data, so {workload.Replicas} of it would be that many separate servers. "
                + "Leave its replicas at 1, or use an operator or a managed service.");
        }

        var claims = workload.Volumes.Where(v => v.Persistent).Select(v => Claim(plan, workload, v)).ToList();
        return new()
        {
            ApiVersion = "apps/v1",
            Kind = "StatefulSet",
            Metadata = Objects.Metadata(plan, workload),
            Spec = new()
            {
                Replicas = workload.Replicas,
                ServiceName = Services.HeadlessName(workload),
                RevisionHistoryLimit = HistoryLimit,
                MinReadySeconds = SettleSeconds,
                PodManagementPolicy = "OrderedReady",
                UpdateStrategy = new() { Type = "RollingUpdate" },
                PersistentVolumeClaimRetentionPolicy = claims.Count > 0 ? new() { WhenDeleted = "Retain", WhenScaled = "Retain" } : null,
                Selector = new() { MatchLabels = Labels.Selector(plan, workload) },
                Template = Pods.Template(plan, workload),
                VolumeClaimTemplates = claims.Count > 0 ? claims : null,
            },
        };
    }

    /// <summary>Its labels are those that never change: the API server refuses a changed claim template.</summary>
    private static V1PersistentVolumeClaim Claim(Plan plan, Workload workload, DataVolume volume) => new()
    {
        ApiVersion = "v1",
        Kind = "PersistentVolumeClaim",
        Metadata = new()
        {
            Name = volume.Name,
            Labels = new Dictionary<string, string>(Labels.Selector(plan, workload), StringComparer.Ordinal)
            {
                [Labels.PartOf] = plan.Namespace,
                [Labels.ManagedBy] = Labels.Tool,
            },
        },
        Spec = new()
        {
            AccessModes = ["ReadWriteOnce"],
            StorageClassName = workload.Settings.StorageClass,
            Resources = new()
            {
                Requests = new Dictionary<string, ResourceQuantity> { ["storage"] = new(workload.Settings.Storage ?? DefaultStorage) },
            },
        },
    };
}
