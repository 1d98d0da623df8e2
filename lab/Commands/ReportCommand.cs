using System.CommandLine;
using MsaAspire.Lab.Experiments;
using Spectre.Console;

namespace MsaAspire.Lab.Commands;

/// <summary><c>report</c>: the report anew from the results that are there.</summary>
internal static class ReportCommand
{
    public static Command Create(IReadOnlyList<Experiment> experiments, ResultStore store, IAnsiConsole console)
    {
        var folder = LabCommand.Out();
        var command = new Command("report", "Writes the report anew from the results, without measuring.") { folder };
        command.SetAction(async (arguments, cancellation) =>
            await LabCommand.ReportAsync(arguments.GetValue(folder)!.FullName, experiments, store, console, cancellation) ? 0 : 1);
        return command;
    }
}
