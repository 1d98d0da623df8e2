namespace Aspire.Hosting.Dcp.Model;

internal sealed class Container : DcpObject
{
    public override string Kind { get; set; } = "Container";
    public override string Plural => "containers";
    public ContainerSpec Spec { get; set; } = new();
    public ContainerStatus? Status { get; set; }
}

internal sealed class ContainerSpec
{
    public string? Image { get; set; }
    public ContainerBuild? Build { get; set; }
    public string? ContainerName { get; set; }
    public string? Command { get; set; }
    public List<string>? Args { get; set; }
    public List<DcpEnvVar>? Env { get; set; }
    public List<ContainerPortMapping>? Ports { get; set; }
    public List<ContainerVolumeMount>? VolumeMounts { get; set; }
    public List<ContainerNetworkAttachment>? Networks { get; set; }
    public List<string>? RunArgs { get; set; }
    public string? PullPolicy { get; set; }
    public bool? Persistent { get; set; }
    public bool? Stop { get; set; }
}

internal sealed class ContainerBuild
{
    public string Context { get; set; } = "";
    public string? Dockerfile { get; set; }
    public string? Stage { get; set; }
    public List<string>? Tags { get; set; }
    public List<DcpEnvVar>? Args { get; set; }
    public List<ContainerBuildSecret>? Secrets { get; set; }
}

/// <summary>A build secret; <c>Type</c> is <c>env</c> with a value or <c>file</c> with a source path.</summary>
internal sealed record ContainerBuildSecret(string Id, string Type, string? Source, string? Value);

internal sealed record ContainerPortMapping(int ContainerPort, int? HostPort, string? HostIP, string? Protocol);

internal sealed record ContainerVolumeMount(string Type, string? Source, string Target, bool ReadOnly);

internal sealed record ContainerNetworkAttachment(string Name, List<string> Aliases);

internal sealed class ContainerStatus
{
    public string? State { get; set; }
    public string? ContainerId { get; set; }
    public string? ContainerName { get; set; }
    public string? Message { get; set; }
    public DateTime? StartupTimestamp { get; set; }
    public DateTime? FinishTimestamp { get; set; }
    public int? ExitCode { get; set; }
    public List<DcpEnvVar>? EffectiveEnv { get; set; }
    public List<string>? EffectiveArgs { get; set; }
}

internal static class ContainerState
{
    public const string Pending = "Pending";
    public const string Building = "Building";
    public const string Starting = "Starting";
    public const string Running = "Running";
    public const string Paused = "Paused";
    public const string Stopping = "Stopping";
    public const string Exited = "Exited";
    public const string FailedToStart = "FailedToStart";
    public const string RuntimeUnhealthy = "RuntimeUnhealthy";
    public const string Unknown = "Unknown";
}
