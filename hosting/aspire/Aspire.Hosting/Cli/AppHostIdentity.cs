using System.Diagnostics;

namespace Aspire.Hosting.Cli;

/// <summary>Which AppHost this is.</summary>
/// <param name="ProjectFile">Its project, a full path.</param>
internal sealed record AppHostIdentity(string ProjectFile, CliLaunch Cli)
{
    /// <summary>The release whose behaviour this is.</summary>
    public const string Version = "13.5.4";

    public DateTimeOffset StartedAt { get; } = Start();

    public AppHostInformation Information =>
        new(ProjectFile, Environment.ProcessId, Cli.ProcessId, StartedAt, Cli.Started, Cli.StableStarted, Cli.LogFile);

    public AppHostInfoResponse Info => new($"{Environment.ProcessId}", Version, ProjectFile, Cli.ProcessId, StartedAt, Cli.LogFile);

    private static DateTimeOffset Start()
    {
        using var process = Process.GetCurrentProcess();
        return new(process.StartTime.ToUniversalTime());
    }
}
