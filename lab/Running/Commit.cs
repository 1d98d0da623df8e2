using System.ComponentModel;
using System.Diagnostics;

namespace MsaAspire.Lab.Running;

/// <summary>The state of the repository that is measured.</summary>
/// <param name="Hash">40 hex digits; <c>unknown</c> without git or outside a repository.</param>
/// <param name="Modified">Whether the work tree differs from it, results aside.</param>
internal sealed record Commit(string Hash, bool Modified)
{
    private static readonly string[] s_changes = ["--no-optional-locks", "status", "--porcelain", "--", ":/", ":(top,exclude)lab/output"];

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    public static async Task<Commit> ReadAsync(string folder, CancellationToken cancellation) =>
        await GitAsync(folder, ["rev-parse", "HEAD"], cancellation) is { } hash
            ? new(hash, await GitAsync(folder, s_changes, cancellation) is not "")
            : new("unknown", Modified: false);

    /// <summary>What git prints; null when it fails, is missing, or takes too long.</summary>
    private static async Task<string?> GitAsync(string folder, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_limit);
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments)
            {
                WorkingDirectory = folder,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            try
            {
                var errors = git.StandardError.ReadToEndAsync(limit.Token);
                var output = await git.StandardOutput.ReadToEndAsync(limit.Token);
                await errors;
                await git.WaitForExitAsync(limit.Token);
                return git.ExitCode == 0 ? output.Trim() : null;
            }
            catch (OperationCanceledException)
            {
                git.Kill(entireProcessTree: true);
                cancellation.ThrowIfCancellationRequested();
                return null;
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
