using System.CommandLine;
using System.CommandLine.Parsing;
using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using Spectre.Console;

namespace MsaAspire.Lab.Commands;

/// <summary><c>run</c>: measures, judges and reports. Its exit code is 0 only when no result is invalid.</summary>
internal sealed class RunCommand(IReadOnlyList<Experiment> experiments, ResultStore store, IAnsiConsole console)
{
    private const string All = "all";

    public Command Create()
    {
        var ids = new Argument<string[]>("experiments") { Description = $"Their ids, or {All}.", Arity = ArgumentArity.OneOrMore };
        var seed = new Option<int>("--seed") { Description = "The seed of every random choice.", DefaultValueFactory = _ => 1 };
        var rounds = new Option<int>("--rounds")
        {
            Description = "How often each case is measured.",
            DefaultValueFactory = _ => 3,
            CustomParser = result => Parse(result, int.TryParse, (int value) => value >= 1, "--rounds must be a whole number, 1 or more."),
        };
        var quick = new Option<bool>("--quick") { Description = "One short round of the experiments with robust effects." };
        var context = new Option<string?>("--context") { Description = "The kubectl context that experiments may use." };
        var minutes = new Option<double>("--minutes")
        {
            Description = "How long one experiment may take.",
            DefaultValueFactory = _ => 15,
            CustomParser = result => Parse(
                result, double.TryParse, (double value) => value is > 0 and <= 24 * 60, "--minutes must be a number above 0 and up to 1440."),
        };
        var folder = LabCommand.Out();
        ids.Validators.Add(result =>
        {
            foreach (var id in result.GetValue(ids)!.Where(id => id != All && experiments.All(e => e.About.Id != id)))
                result.AddError($"There is no experiment {id}; there are {string.Join(", ", experiments.Select(e => e.About.Id))}, {All}.");
        });

        var command = new Command("run", "Measures, judges the claims, and writes the report.")
        {
            ids, seed, rounds, quick, context, minutes, folder,
        };
        command.SetAction(async (arguments, cancellation) =>
        {
            var isQuick = arguments.GetValue(quick);
            var plan = new Plan(
                arguments.GetValue(seed), isQuick ? 1 : arguments.GetValue(rounds), isQuick, arguments.GetValue(context), _ => { });
            try
            {
                return await RunAsync(
                    Choose(arguments.GetValue(ids)!, isQuick), plan, TimeSpan.FromMinutes(arguments.GetValue(minutes)),
                    arguments.GetValue(folder)!.FullName, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return LabCommand.Interrupted;
            }
        });
        return command;
    }

    private static T? Parse<T>(ArgumentResult result, TryParse<T> tryParse, Predicate<T> isAllowed, string error)
    {
        if (tryParse(result.Tokens[0].Value, out var value) && isAllowed(value))
            return value;
        result.AddError(error);
        return default;
    }

    private List<Experiment> Choose(string[] ids, bool quick) =>
        [.. experiments.Where(e => ids.Contains(e.About.Id) || (ids.Contains(All) && e.InAll && (e.InQuick || !quick)))];

    private async Task<int> RunAsync(List<Experiment> chosen, Plan plan, TimeSpan limit, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var commit = await Commit.ReadAsync(LabCommand.Repository(), cancellation);
        var (machine, runner, valid) = (Machines.This(), new Runner(folder, limit), true);
        foreach (var experiment in chosen)
        {
            var run = new RunInfo(machine, commit.Hash, commit.Modified, plan.Seed, plan.Rounds, plan.Quick, DateTimeOffset.UtcNow);
            var result = await Progress.ShowAsync(
                console, experiment.About.Title.En, say => runner.RunAsync(experiment, plan with { Say = say }, run, cancellation));
            await store.WriteAsync(folder, result, cancellation);
            Progress.Print(console, experiment.About, result);
            valid &= result.Invalid.Count == 0;
        }

        return await LabCommand.ReportAsync(folder, experiments, store, console, cancellation) && valid ? 0 : 1;
    }

    private delegate bool TryParse<T>(string text, out T value);
}
