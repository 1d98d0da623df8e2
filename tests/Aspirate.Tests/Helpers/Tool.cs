using System.CommandLine;
using System.Diagnostics;
using MsaAspire.Aspirate.Commands;

namespace Aspirate.Tests;

/// <summary>How the tool ended, and what its user read.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error);

/// <summary>The tool's real command line: in this process, or as a program of its own where its environment matters.</summary>
internal static class Tool
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private static readonly RootCommand s_root = AspirateCommands.Root();

    private static readonly RoutedWriter s_output = new(Console.Out), s_error = new(Console.Error);

    static Tool()
    {
        Console.SetOut(s_output);
        Console.SetError(s_error);
    }

    public static async Task<ToolRun> RunAsync(params string[] arguments)
    {
        StringWriter output = s_output.Capture(), error = s_error.Capture();
        // The test host has its own answer to Ctrl+C.
        var exitCode = await s_root.Parse(arguments, AspirateCommands.Parsing)
            .InvokeAsync(new() { ProcessTerminationTimeout = null }, Xunit.TestContext.Current.CancellationToken);
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>As a process, whose environment is this one's and <paramref name="environment"/>.</summary>
    public static Task<ToolRun> RunProcessAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunProgramAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "aspirate.dll"), .. arguments], environment);

    public static async Task<ToolRun> RunProgramAsync(
        string program, string[] arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(
            program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Xunit.TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
