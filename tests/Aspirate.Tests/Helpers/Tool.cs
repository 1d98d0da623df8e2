using System.CommandLine;
using MsaAspire.Aspirate.Commands;

namespace Aspirate.Tests;

/// <summary>The tool's real command line: in this process, or as a program of its own where its environment matters.</summary>
internal static class Tool
{
    private static readonly RootCommand s_root = AspirateCommands.Root();

    private static readonly RoutedWriter s_output = new(Console.Out), s_error = new(Console.Error);

    static Tool()
    {
        Console.SetOut(s_output);
        Console.SetError(s_error);
    }

    public static async Task<ProgramResult> RunAsync(params string[] arguments)
    {
        StringWriter output = s_output.Capture(), error = s_error.Capture();
        // The test host has its own answer to Ctrl+C.
        var exitCode = await s_root.Parse(arguments, AspirateCommands.Parsing)
            .InvokeAsync(new() { ProcessTerminationTimeout = null }, Xunit.TestContext.Current.CancellationToken);
        return new(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>As a process, whose environment is this one's and <paramref name="environment"/>.</summary>
    public static Task<ProgramResult> RunProcessAsync(IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        ExternalProgram.RunAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "aspirate.dll"), .. arguments], environment: environment);
}
