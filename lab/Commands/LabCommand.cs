using System.CommandLine;
using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Results;
using Spectre.Console;

namespace MsaAspire.Lab.Commands;

/// <summary>How results are kept and shown; every first argument is the folder.</summary>
/// <param name="WriteAsync">Writes one result.</param>
/// <param name="ReadAllAsync">Reads all results; an <see cref="InvalidDataException"/> names a file that is not a result.</param>
/// <param name="ReportAsync">Writes the report and returns its path.</param>
internal sealed record ResultStore(
    Func<string, Result, CancellationToken, Task> WriteAsync,
    Func<string, CancellationToken, Task<IReadOnlyList<Result>>> ReadAllAsync,
    Func<string, IReadOnlyList<Description>, IReadOnlyList<Result>, CancellationToken, Task<string>> ReportAsync);

/// <summary>The command line of the lab.</summary>
internal static class LabCommand
{
    /// <summary>The exit code after Ctrl+C, as in a shell: 128 and the signal's number.</summary>
    public const int Interrupted = 130;

    public static RootCommand Create(IReadOnlyList<Experiment> experiments, ResultStore store, IAnsiConsole console) =>
        new("Experiments that measure the shop as microservices against the shop as a monolith.")
        {
            ListCommand.Create(experiments, console),
            new RunCommand(experiments, store, console).Create(),
            ReportCommand.Create(experiments, store, console),
        };

    /// <summary>Where results are.</summary>
    internal static Option<DirectoryInfo> Out() => new("--out")
    {
        Description = "Where results and report are; lab/output of the repository by default.",
        DefaultValueFactory = _ => new(Path.Combine(Repository(), "lab", "output")),
    };

    /// <summary>The nearest folder upwards with a global.json, else the current one.</summary>
    internal static string Repository()
    {
        var current = new DirectoryInfo(Directory.GetCurrentDirectory());
        for (var folder = current; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "global.json")))
                return folder.FullName;
        }

        return current.FullName;
    }

    /// <summary>Writes the report on all results of a folder and says where it is, or why there is none.</summary>
    /// <returns>Whether there is one.</returns>
    internal static async Task<bool> ReportAsync(
        string folder, IReadOnlyList<Experiment> experiments, ResultStore store, IAnsiConsole console, CancellationToken cancellation)
    {
        try
        {
            var results = await store.ReadAllAsync(folder, cancellation);
            var path = await store.ReportAsync(folder, [.. experiments.Select(e => e.About)], results, cancellation);
            console.WriteLine($"Report: {path}");
            return true;
        }
        catch (InvalidDataException e)
        {
            console.MarkupLine($"[red]There is no report[/]: {Markup.Escape(e.Message)}");
            return false;
        }
    }
}
