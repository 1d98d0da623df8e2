using System.ComponentModel;
using System.Diagnostics;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>Runs a program to its end within a time limit; whatever happens, nothing of it stays behind.</summary>
internal static class ChildProcess
{
    /// <summary>Waits for the program's end.</summary>
    /// <exception cref="ToolException">It cannot be started, or did not end in time and was killed with its children.</exception>
    public static async Task<ChildResult> RunAsync(ProcessStartInfo start, TimeSpan limit, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new ToolException($"`{start.FileName}` cannot be started: {e.Message}", e);
        }

        process.StandardInput.Close();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            await Task.WhenAll(output, error);
            await process.WaitForExitAsync(deadline.Token);
            return new ChildResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new ToolException($"`{start.FileName} {string.Join(' ', start.ArgumentList)}` did not end within {limit.TotalSeconds:0} s.");
        }
    }
}

/// <summary>How a program ended and what it said.</summary>
internal sealed record ChildResult(int ExitCode, string Output, string Error)
{
    /// <summary>The last lines the program said, for a message.</summary>
    public string Tail => string.Join('\n', (Error + Output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(6));
}
