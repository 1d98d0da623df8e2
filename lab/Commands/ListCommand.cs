using System.CommandLine;
using MsaAspire.Lab.Experiments;
using Spectre.Console;

namespace MsaAspire.Lab.Commands;

/// <summary><c>list</c>: which experiments there are.</summary>
internal static class ListCommand
{
    public static Command Create(IReadOnlyList<Experiment> experiments, IAnsiConsole console)
    {
        var command = new Command("list", "Shows all experiments.");
        command.SetAction(_ =>
        {
            var table = new Table().AddColumns("id", "title", "run all", "run all --quick");
            foreach (var experiment in experiments)
            {
                table.AddRow(
                    Markup.Escape(experiment.About.Id), Markup.Escape(experiment.About.Title.En),
                    YesNo(experiment.InAll), YesNo(experiment is { InAll: true, InQuick: true }));
            }

            console.Write(table);
            return 0;
        });
        return command;
    }

    private static string YesNo(bool value) => value ? "yes" : "no";
}
