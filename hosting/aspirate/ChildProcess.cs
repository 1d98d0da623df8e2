using System.ComponentModel;
using System.Diagnostics;

namespace MsaAspire.Aspirate;

/// <summary>A program's exit code and output.</summary>
internal sealed record ChildResult(int ExitCode, string Output, string Error)
{
    private const int TailLines = 12;

    /// <summary>The last line of its error output, without the full stop.</summary>
    public string Reason => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault("it printed nothing").TrimEnd('.', '?');

    /// <summary>The program's last lines, for a message.</summary>
    public string Tail =>
        string.Join('\n', (Output + "\n" + Error)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .TakeLast(TailLines));
}

/// <summary>Runs a program to completion within a time limit; none of its processes stays behind.</summary>
internal static class ChildProcess
{
    /// <summary>Waits for the program's end.</summary>
    /// <param name="input">Its standard input; nothing by default.</param>
    /// <param name="environment">Added to this program's own.</param>
    /// <exception cref="AspirateException">It is not on PATH, or did not end in time and was killed with its children.</exception>
    public static async Task<ChildResult> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan limit, CancellationToken cancellation,
        string input = "", IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new AspirateException($"`{program}` cannot be started: {e.Message}. Install it, or put it on PATH.", e);
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(deadline.Token);
            var error = process.StandardError.ReadToEndAsync(deadline.Token);
            await WriteAsync(process, input, deadline.Token);
            await Task.WhenAll(output, error);
            await process.WaitForExitAsync(deadline.Token);
            return new ChildResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            // Not the other arguments: they may contain secrets.
            throw new AspirateException(
                $"`{program} {start.ArgumentList.FirstOrDefault()}` did not end within {limit.TotalSeconds:0} s and was killed.");
        }
    }

    private static async Task WriteAsync(Process process, string input, CancellationToken cancellation)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }
    }
}
