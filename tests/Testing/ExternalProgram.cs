using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace MsaAspire.Testing;

/// <summary>How a program ended and what it printed.</summary>
public sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    private const int TailLines = 12;

    /// <summary>The last lines that it printed, for a message.</summary>
    public string Tail => string.Join('\n', $"{Output}\n{Error}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(TailLines));
}

/// <summary>Programs that a test runs to their end.</summary>
public static class ExternalProgram
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>Whether the shell would find it.</summary>
    public static bool IsOnPath(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a program with nothing on its standard input. When it does not end in time it is killed with its children.</summary>
    /// <param name="program">A path, or a name on PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="limit">How long it may take; 2 minutes by default.</param>
    /// <param name="environment">Added to this process's own.</param>
    /// <param name="folder">Its working folder; this process's by default.</param>
    /// <exception cref="Win32Exception">There is no such program.</exception>
    /// <exception cref="TimeoutException">It did not end in time; the message has the last lines that it printed.</exception>
    public static async Task<ProgramResult> RunAsync(
        string program, IEnumerable<string> arguments, TimeSpan? limit = null, IReadOnlyDictionary<string, string>? environment = null, string folder = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = new Process { StartInfo = start };
        var (output, error) = (new Lines(), new Lines());
        process.OutputDataReceived += (_, line) => output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => error.Add(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(limit ?? s_limit);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
            return new(process.ExitCode, output.ToString(), error.ToString());
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var tail = new ProgramResult(-1, output.ToString(), error.ToString()).Tail;
            throw new TimeoutException($"`{program} {start.ArgumentList.FirstOrDefault()}` did not end within {(limit ?? s_limit).TotalSeconds:0} s. Its last lines:\n{tail}", e);
        }
    }
}
