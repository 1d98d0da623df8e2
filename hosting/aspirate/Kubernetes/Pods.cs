using k8s.Models;
using MsaAspire.Aspirate.Planning;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Kubernetes;

/// <summary>
/// The pods of a workload: one container that runs without root, without privileges and on a read-only root file system, as far as is known
/// of its image.
/// </summary>
internal static class Pods
{
    /// <summary>
    /// A terminating pod gets no new connections once every node has been updated, which takes some seconds; it keeps serving until then. Its
    /// clients' idle connections close in that time as well.
    /// </summary>
    private const int DefaultDrainSeconds = 15;

    /// <summary>What a process may take after SIGTERM; .NET's hosts take 30 s at most by default.</summary>
    private const int ShutdownSeconds = 45;

    /// <summary>A database flushes its data to disk.</summary>
    private const int ServerShutdownSeconds = 120;

    private const string TemporaryFolder = "/tmp", TemporarySize = "128Mi", WritableSize = "64Mi";

    public static V1PodTemplateSpec Template(Plan plan, Workload workload) => new()
    {
        Metadata = new() { Labels = Labels.Of(plan, workload) },
        Spec = new()
        {
            ServiceAccountName = workload.Name,
            AutomountServiceAccountToken = false,
            // These variables have the same names as Aspire's (BROKER_PORT) and mean something else.
            EnableServiceLinks = false,
            PriorityClassName = workload.Profile.IsServer ? Availability.ServerPriorityOf(plan) : null,
            SecurityContext = new()
            {
                RunAsNonRoot = workload.IsRestricted ? true : null,
                RunAsUser = workload.User,
                RunAsGroup = GroupOf(workload),
                FsGroup = GroupOf(workload),
                // Changing a volume's modes at each start takes long, and Erlang rejects a cookie that a group may read.
                FsGroupChangePolicy = workload.IsRestricted ? "OnRootMismatch" : null,
                SeccompProfile = new() { Type = "RuntimeDefault" },
            },
            TerminationGracePeriodSeconds = workload.IsStateful ? ServerShutdownSeconds : DrainSeconds(workload) + ShutdownSeconds,
            TopologySpreadConstraints = workload.IsStateful
                ? null
                : [Spread(plan, workload, "kubernetes.io/hostname"), Spread(plan, workload, "topology.kubernetes.io/zone")],
            Containers = [Container(plan, workload)],
            Volumes = NullIfEmpty(Volumes(workload)),
        },
    };

    /// <summary>Requests and limits.</summary>
    public static V1ResourceRequirements Resources(Amounts cpu, Amounts memory) => new()
    {
        Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new(cpu.Request), ["memory"] = new(memory.Request) },
        Limits = new Dictionary<string, ResourceQuantity> { ["cpu"] = new(cpu.Limit), ["memory"] = new(memory.Limit) },
    };

    private static V1Container Container(Plan plan, Workload workload)
    {
        var probes = Probes.Of(workload);
        return new()
        {
            Name = workload.Name,
            Image = workload.Image.ToString(),
            ImagePullPolicy = plan.PullPolicy ?? (workload.Image is { Tag: "latest", Digest: null } ? "Always" : "IfNotPresent"),
            Command = workload.Command is { } command ? [.. command] : null,
            Args = workload.Arguments.Count > 0 ? [.. workload.Arguments] : null,
            Ports = NullIfEmpty(workload.Ports.DistinctBy(p => (p.ContainerPort, p.Protocol))
                .Select(p => new V1ContainerPort { Name = p.Name, ContainerPort = p.ContainerPort, Protocol = p.Protocol })),
            EnvFrom = NullIfEmpty(EnvironmentSources(workload)),
            Resources = Resources(workload.Cpu, workload.Memory),
            StartupProbe = probes.Startup,
            ReadinessProbe = probes.Readiness,
            LivenessProbe = probes.Liveness,
            Lifecycle = workload.IsStateful || DrainSeconds(workload) == 0
                ? null
                : new() { PreStop = new() { Sleep = new() { Seconds = DrainSeconds(workload) } } },
            SecurityContext = workload.IsRestricted
                ? new()
                {
                    AllowPrivilegeEscalation = false,
                    ReadOnlyRootFilesystem = !WritesAnywhere(workload),
                    Capabilities = new() { Drop = ["ALL"] },
                }
                : null,
            VolumeMounts = NullIfEmpty(Mounts(workload)),
        };
    }

    private static IEnumerable<V1EnvFromSource> EnvironmentSources(Workload workload)
    {
        if (workload.Config.Count > 0)
            yield return new() { ConfigMapRef = new() { Name = Objects.ConfigOf(workload) } };
        if (workload.Secrets.Count > 0)
            yield return new() { SecretRef = new() { Name = Objects.SecretsOf(workload) } };
    }

    /// <summary>Who lists the folders that an image writes to knows all of them.</summary>
    private static bool WritesAnywhere(Workload workload) => workload.Settings.Writable is null && workload.Profile.WritesAnywhere;

    private static IEnumerable<(string Name, string Path, string Size)> WritableFolders(Workload workload) => WritesAnywhere(workload)
        ? []
        : (workload.Settings.Writable ?? workload.Profile.Writable).Where(path => path.TrimEnd('/') != TemporaryFolder)
            .Select((path, i) => ($"writable-{i}", path, WritableSize)).Prepend(("tmp", TemporaryFolder, TemporarySize))
            // The model may have a volume of its own there.
            .Where(folder => !workload.Volumes.Any(v => v.Target.TrimEnd('/') == folder.Item2.TrimEnd('/')));

    private static IEnumerable<V1VolumeMount> Mounts(Workload workload)
    {
        foreach (var (name, path, _) in WritableFolders(workload))
            yield return new() { Name = name, MountPath = path };
        foreach (var volume in workload.Volumes)
            yield return new() { Name = volume.Name, MountPath = volume.Target, ReadOnlyProperty = volume.ReadOnly ? true : null };
        foreach (var files in workload.Files)
        {
            yield return files.IsSingle
                ? new() { Name = files.Name, MountPath = files.Target, SubPath = files.Files.Single().Path, ReadOnlyProperty = true }
                : new() { Name = files.Name, MountPath = files.Target, ReadOnlyProperty = true };
        }
    }

    private static IEnumerable<V1Volume> Volumes(Workload workload)
    {
        foreach (var (name, _, size) in WritableFolders(workload))
            yield return new() { Name = name, EmptyDir = new() { SizeLimit = new(size) } };
        foreach (var volume in workload.Volumes.Where(v => !v.Persistent))
            yield return new() { Name = volume.Name, EmptyDir = new() };
        foreach (var files in workload.Files)
        {
            List<V1KeyToPath> items = [.. files.Files.Select(f => new V1KeyToPath { Key = f.Key, Path = f.Path })];
            yield return files.NeedSecret
                ? new() { Name = files.Name, Secret = new() { SecretName = Objects.FilesOf(workload, files), Items = items } }
                : new() { Name = files.Name, ConfigMap = new() { Name = Objects.FilesOf(workload, files), Items = items } };
        }
    }

    private static V1TopologySpreadConstraint Spread(Plan plan, Workload workload, string topology) => new()
    {
        MaxSkew = 1,
        TopologyKey = topology,
        WhenUnsatisfiable = "ScheduleAnyway",
        LabelSelector = new() { MatchLabels = Labels.Selector(plan, workload) },
        // For each version separately: during an update the old pods do not count.
        MatchLabelKeys = ["pod-template-hash"],
    };

    private static int DrainSeconds(Workload workload) => workload.Settings.DrainSeconds ?? DefaultDrainSeconds;

    private static long? GroupOf(Workload workload) => workload.Settings.User ?? workload.Profile.Group;

    private static List<T>? NullIfEmpty<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}
