using MsaAspire.Lab.Commands;
using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Results;
using Spectre.Console;
using Xunit;

namespace Lab.Tests;

/// <summary>The command line: what runs, what is printed, and the exit codes.</summary>
public sealed class CommandsOfLab : IDisposable
{
    private static readonly Experiment[] s_experiments =
    [
        new RunnerExperiment("good", (plan, _, _) => Say(plan), _ => [new("first", Outcome.Holds, 4.2, "x", [])], inQuick: true),
        new RunnerExperiment("bad", (_, _, _) => throw new IOException("[broken]")),
        new RunnerExperiment("skipped", Skip, inAll: false),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("lab-tests-").FullName;
    private readonly StringWriter _output = new(), _errors = new();
    private readonly List<Result> _written = [];
    private int _reports;
    private string? _unreadable;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_valid_run_ends_with_0_and_shows_verdicts_and_the_report()
    {
        Assert.Equal(0, await RunAsync("run", "good", "--seed", "7", "--rounds", "2"));
        Assert.Contains("holds (4.2 x): It is [first].", $"{_output}", StringComparison.Ordinal);
        Assert.Contains("no conclusion: It is second.", $"{_output}", StringComparison.Ordinal);
        Assert.Contains("seed 7, 2 rounds [of it]", $"{_output}", StringComparison.Ordinal);
        Assert.Contains("Report: report.html", $"{_output}", StringComparison.Ordinal);
        Assert.Equal((7, 2), (_written.Single().Run.Seed, _written.Single().Run.Rounds));
    }

    [Fact]
    public async Task An_invalid_result_ends_with_1_after_the_others_have_run_and_are_reported()
    {
        Assert.Equal(1, await RunAsync("run", "all"));
        Assert.Equal(["good", "bad"], _written.Select(r => r.Experiment));
        Assert.Contains("invalid: [broken]", $"{_output}", StringComparison.Ordinal);
        Assert.Equal(1, _reports);
    }

    [Fact]
    public async Task A_skipped_experiment_is_no_failure()
    {
        Assert.Equal(0, await RunAsync("run", "skipped"));
        Assert.Contains("skipped: no cluster", $"{_output}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quick_runs_one_round_of_what_is_quick()
    {
        Assert.Equal(0, await RunAsync("run", "all", "--quick", "--rounds", "5"));
        var run = _written.Single().Run;
        Assert.Equal((1, true), (run.Rounds, run.Quick));
    }

    [Fact]
    public async Task An_unknown_id_is_told_with_all_that_there_are()
    {
        Assert.Equal(1, await RunAsync("run", "good", "godo"));
        Assert.Contains("There is no experiment godo; there are good, bad, skipped, all.", $"{_errors}", StringComparison.Ordinal);
        Assert.Empty(_written);
    }

    [Theory]
    [InlineData("--rounds", "0")]
    [InlineData("--rounds", "many")]
    [InlineData("--minutes", "0")]
    public async Task A_number_that_makes_no_sense_is_told(string option, string value)
    {
        Assert.Equal(1, await RunAsync("run", "good", option, value));
        Assert.Contains($"{option} must be a", $"{_errors}", StringComparison.Ordinal);
        Assert.Empty(_written);
    }

    [Fact]
    public async Task Cancelling_ends_with_130()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        Assert.Equal(130, await InvokeAsync(["run", "good"], cancelled.Token));
    }

    [Fact]
    public async Task The_list_shows_all()
    {
        Assert.Equal(0, await RunAsync("list"));
        Assert.All(s_experiments, e => Assert.Contains(e.About.Title.En, $"{_output}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_report_is_made_anew_without_measuring()
    {
        Assert.Equal(0, await RunAsync("report"));
        Assert.Equal((0, 1), (_written.Count, _reports));
    }

    [Fact]
    public async Task A_result_that_cannot_be_read_is_told()
    {
        _unreadable = "one.json is no [result]";
        Assert.Equal(1, await RunAsync("report"));
        Assert.Contains("There is no report: one.json is no [result]", $"{_output}", StringComparison.Ordinal);
    }

    private static Task Say(Plan plan)
    {
        plan.Say($"seed {plan.Seed}, {plan.Rounds} rounds [of it]");
        return Task.CompletedTask;
    }

    private static Task Skip(Plan plan, Findings findings, CancellationToken cancellation)
    {
        findings.Skipped = "no cluster";
        return Task.CompletedTask;
    }

    private Task<int> RunAsync(params string[] arguments) => InvokeAsync(arguments, TestContext.Current.CancellationToken);

    private Task<int> InvokeAsync(string[] arguments, CancellationToken cancellation)
    {
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(_output), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No,
        });
        console.Profile.Width = 1000;
        var store = new ResultStore(
            (_, result, _) =>
            {
                _written.Add(result);
                return Task.CompletedTask;
            },
            (_, _) => _unreadable is null ? Task.FromResult<IReadOnlyList<Result>>(_written) : throw new InvalidDataException(_unreadable),
            (_, _, _, _) => Task.FromResult($"report.html{(++_reports > 1 ? " again" : "")}"));
        string[] folder = arguments[0] == "list" ? [] : ["--out", _folder];
        return LabCommand.Create(s_experiments, store, console).Parse([.. arguments, .. folder])
            .InvokeAsync(new() { Output = _output, Error = _errors }, cancellation);
    }
}
