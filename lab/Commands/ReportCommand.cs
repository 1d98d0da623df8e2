using System.CommandLine;
using MsaAspire.Lab.Experiments;
using Spectre.Console;

namespace MsaAspire.Lab.Commands;

/// <summary><c>report</c>: rewrites the report from existing results.</summary>
internal static class ReportCommand
{
    public static Command Create(IReadOnlyList<Experiment> experiments, ResultStore store, IAnsiConsole console)
    {
        var folder = LabCommand.Out();
        var command = new Command("report", "Rewrites the report from existing results, without measuring.") { folder };
        command.SetAction(async (arguments, cancellation) =>
            await LabCommand.ReportAsync(arguments.GetValue(folder)!.FullName, experiments, store, console, cancellation) ? 0 : 1);
        return command;
    }
}
