using System.Diagnostics;
using System.Text;

namespace MsaAspire.Lab.Running;

internal static class ChildProcess
{
    private const int ShownLines = 15;

    /// <summary>Runs a program to completion and returns its output.</summary>
    /// <exception cref="InvalidOperationException">
    /// It failed, could not be started, or took too long; the message has its last lines.
    /// </exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string folder, TimeSpan limit, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A build server that outlives its build keeps the output open, and would make the next build look fast.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        var (output, all) = (new StringBuilder(), new StringBuilder());
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Add(line.Data, output, all);
        process.ErrorDataReceived += (_, line) => Add(line.Data, all);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new InvalidOperationException(
                $"{Shown(start)} did not end within {limit.TotalSeconds:0} s. Its last lines:\n{Last(all)}", e);
        }

        return process.ExitCode == 0
            ? output.ToString()
            : throw new InvalidOperationException($"{Shown(start)} ended with exit code {process.ExitCode}. Its last lines:\n{Last(all)}");
    }

    private static string Shown(ProcessStartInfo start) => $"{start.FileName} {string.Join(' ', start.ArgumentList)}";

    private static string Last(StringBuilder text)
    {
        lock (text)
            return string.Join('\n', text.ToString().Split('\n').TakeLast(ShownLines));
    }

    private static void Add(string? line, params StringBuilder[] texts)
    {
        if (line is null)
            return;
        foreach (var text in texts)
        {
            lock (text)
                text.AppendLine(line);
        }
    }
}
