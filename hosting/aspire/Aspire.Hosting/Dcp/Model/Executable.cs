namespace Aspire.Hosting.Dcp.Model;

internal sealed class Executable : DcpObject
{
    public override string Kind { get; set; } = "Executable";
    public override string Plural => "executables";
    public ExecutableSpec Spec { get; set; } = new();
    public ExecutableStatus? Status { get; set; }
}

internal sealed class ExecutableSpec
{
    public string ExecutablePath { get; set; } = "";
    public string? WorkingDirectory { get; set; }
    public List<string>? Args { get; set; }
    public List<DcpEnvVar>? Env { get; set; }

    /// <summary>Cannot be unset once it is true: starting again means deleting and creating the object anew.</summary>
    public bool? Stop { get; set; }
}

internal sealed class ExecutableStatus
{
    public string? State { get; set; }
    public int? Pid { get; set; }
    public DateTime? StartupTimestamp { get; set; }
    public DateTime? FinishTimestamp { get; set; }
    public int? ExitCode { get; set; }
    public List<DcpEnvVar>? EffectiveEnv { get; set; }
    public List<string>? EffectiveArgs { get; set; }
}

internal static class ExecutableState
{
    public const string Starting = "Starting";
    public const string Running = "Running";
    public const string Stopping = "Stopping";
    public const string Finished = "Finished";
    public const string Terminated = "Terminated";
    public const string FailedToStart = "FailedToStart";
    public const string Unknown = "Unknown";
}
