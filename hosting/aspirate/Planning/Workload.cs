using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Settings;

namespace MsaAspire.Aspirate.Planning;

/// <summary>One resource as it will run in the cluster.</summary>
/// <param name="Name">Of its Service, its pods and its folder.</param>
/// <param name="Image">What its pods run.</param>
/// <param name="Build">How to build it; null for an existing image.</param>
internal sealed record Workload(
    string Name, ComputeResource Resource, ImageName Image, ImageBuild? Build, ImageProfile Profile, ResourceSettings Settings)
{
    /// <summary>Each port of the container once.</summary>
    public required IReadOnlyList<Port> Ports { get; init; }

    /// <summary>The same by binding; several bindings may share one.</summary>
    public required IReadOnlyDictionary<string, Port> PortOf { get; init; }

    /// <summary>Environment variables that are not secret.</summary>
    public required IReadOnlyDictionary<string, string> Config { get; init; }

    /// <summary>Secret environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Secrets { get; init; }

    /// <summary>Null for the image's own entry point.</summary>
    public required IReadOnlyList<string>? Command { get; init; }

    /// <summary>As Kubernetes reads them: <c>$(NAME)</c> is a variable.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Which workloads it calls; its own replicas among them.</summary>
    public required IReadOnlyList<Call> Calls { get; init; }

    /// <summary>What it calls outside the cluster.</summary>
    public required IReadOnlyList<OutsideCall> OutsideCalls { get; init; }

    /// <summary>Data of its own.</summary>
    public required IReadOnlyList<DataVolume> Volumes { get; init; }

    /// <summary>Files that are mounted.</summary>
    public required IReadOnlyList<ConfigFiles> Files { get; init; }

    /// <summary>The container's name of a port: several bindings may share one.</summary>
    public string NameInContainer(Port port) => Ports.First(p => p.ContainerPort == port.ContainerPort && p.Protocol == port.Protocol).Name;

    /// <summary>Keeps data, so that its pods have identities and there is one of them.</summary>
    public bool IsStateful => Profile.IsServer || Volumes.Any(v => v.Persistent);

    /// <summary>The user that it must run as; null for whatever the image names.</summary>
    public long? User => Settings.User ?? Profile.User;

    /// <summary>It runs under the Pod Security standard "restricted".</summary>
    public bool IsRestricted => User is not null;

    public int Replicas => Settings.Replicas ?? 1;

    public Amounts Cpu => Settings.Cpu ?? Profile.Cpu;

    public Amounts Memory => Settings.Memory ?? Profile.Memory;
}

/// <summary>How an image is built.</summary>
internal abstract record ImageBuild;

/// <summary>By the .NET SDK.</summary>
internal sealed record DotnetBuild(string Project) : ImageBuild;

/// <summary>By a container engine from a Dockerfile.</summary>
internal sealed record DockerfileBuild(DockerBuild Spec) : ImageBuild;

/// <summary>By a container engine: a program's folder on top of a base image.</summary>
internal sealed record FolderBuild(string Folder, string BaseImage) : ImageBuild;

/// <summary>A folder with data.</summary>
/// <param name="Persistent">Outlives the pod.</param>
internal sealed record DataVolume(string Name, string Target, bool ReadOnly, bool Persistent);

/// <summary>Files in a ConfigMap.</summary>
/// <param name="Name">Of the ConfigMap, after the workload's.</param>
/// <param name="IsSingle">The target is the file and not its folder.</param>
/// <param name="KeepsName">A change of content does not restart the pods.</param>
internal sealed record ConfigFiles(string Name, string Target, IReadOnlyList<ConfigFile> Files, bool IsSingle = false, bool KeepsName = false)
{
    /// <summary>They have to be in a Secret, which can hold any bytes; kustomize's ConfigMaps cannot.</summary>
    public bool NeedSecret { get; } = Files.Any(f => !ConfigMapValue.IsSupported(f.Content));
}

/// <summary>One of these files.</summary>
/// <param name="Path">Below the target.</param>
/// <param name="Key">The same as a key of a ConfigMap.</param>
internal sealed record ConfigFile(string Path, string Key, byte[] Content);

/// <summary>A network outside, as <c>0.0.0.0/0</c>, and a port of it; null for all.</summary>
internal readonly record struct OutsideCall(string Cidr, int? Port);

/// <summary>The whole system.</summary>
/// <param name="Namespace">Where it runs; also the name of the whole.</param>
/// <param name="Warnings">What the user should know but does not have to fix.</param>
internal sealed record Plan(
    string Namespace, IReadOnlyList<Workload> Workloads, AspirateSettings Settings, string? PullPolicy, IReadOnlyList<string> Warnings)
{
    /// <summary>The workloads that call <paramref name="workload"/>, and the ports.</summary>
    public IEnumerable<(Workload Caller, Port Port)> CallersOf(Workload workload) =>
        from caller in Workloads
        from call in caller.Calls
        where call.Resource == workload.Resource.Name
        select (caller, call.Port);

    /// <summary>The target of <paramref name="call"/>.</summary>
    public Workload TargetOf(Call call) => Workloads.First(w => w.Resource.Name == call.Resource);
}
