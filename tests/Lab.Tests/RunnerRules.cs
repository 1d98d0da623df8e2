using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using Xunit;

namespace Lab.Tests;

/// <summary>Whatever goes wrong in an experiment is in its result.</summary>
public sealed class RunnerRules : IDisposable
{
    private static readonly Plan s_plan = new(1, 3, Quick: false, Context: null, _ => { });

    private readonly string _folder = Directory.CreateTempSubdirectory("lab-tests-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_was_measured_is_judged_and_a_claim_without_verdict_has_no_conclusion()
    {
        var result = await RunAsync(
            (_, findings, _) =>
            {
                findings.Add(new Measurement("all", "monolith", "start", "s", 1, 2.5));
                return Task.CompletedTask;
            },
            evidence => [new("first", Outcome.Holds, evidence.Rounds("all", "monolith", "start")[0], "s", ["2.5 s"])]);
        Assert.Empty(result.Invalid);
        Assert.Equal([Outcome.Holds, Outcome.NoConclusion], result.Verdicts.Select(v => v.Outcome));
        Assert.Equal(2.5, result.Verdicts[0].Effect);
    }

    [Fact]
    public async Task An_exception_makes_the_result_invalid_and_its_stack_trace_is_kept()
    {
        var result = await RunAsync(
            (_, _, _) => throw new IOException("The disk is full."), _ => throw new InvalidOperationException("not asked"));
        Assert.Equal(["The disk is full."], result.Invalid);
        Assert.All(result.Verdicts, verdict => Assert.Equal(Outcome.NoConclusion, verdict.Outcome));
        Assert.Contains("   at Lab.Tests.RunnerRules", await ReadLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_that_was_cancelled_by_its_own_time_limit_is_no_cancellation() =>
        Assert.Single((await RunAsync((_, _, _) => throw new TaskCanceledException("The request took 100 s."))).Invalid);

    [Fact]
    public async Task A_skipped_experiment_is_neither_judged_nor_invalid()
    {
        var result = await RunAsync(
            (_, findings, _) =>
            {
                findings.Skipped = "no cluster";
                return Task.CompletedTask;
            },
            _ => throw new InvalidOperationException("not asked"));
        Assert.Equal("no cluster", result.Skipped);
        Assert.Empty(result.Invalid);
        Assert.All(result.Verdicts, verdict => Assert.Equal(Outcome.NoConclusion, verdict.Outcome));
    }

    [Fact]
    public async Task A_judge_that_fails_makes_the_result_invalid()
    {
        var result = await RunAsync(
            (_, _, _) => Task.CompletedTask, evidence => [new("first", Outcome.Holds, evidence.Rounds("a", "b", "c")[0], "s", [])]);
        Assert.Contains("c was not measured for b in the case a", Assert.Single(result.Invalid), StringComparison.Ordinal);
        Assert.All(result.Verdicts, verdict => Assert.Equal(Outcome.NoConclusion, verdict.Outcome));
    }

    [Fact]
    public async Task A_verdict_on_no_claim_makes_the_result_invalid() =>
        Assert.Single((await RunAsync((_, _, _) => Task.CompletedTask, _ => [new("third", Outcome.Holds, 1, "x", [])])).Invalid);

    [Fact]
    public async Task A_figure_that_is_no_number_makes_the_result_invalid_and_is_not_kept()
    {
        var result = await RunAsync((_, findings, _) =>
        {
            findings.Add(new Measurement("all", "monolith", "start", "s", 1, double.NaN));
            return Task.CompletedTask;
        });
        Assert.Single(result.Invalid);
        Assert.Empty(result.Measurements);
    }

    [Fact]
    public async Task An_experiment_that_takes_too_long_is_told_to_end_and_invalid()
    {
        var result = await RunAsync(
            (_, _, cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, cancellation), limit: TimeSpan.FromMilliseconds(60));
        Assert.Equal(["did not end within 0 minutes"], result.Invalid);
    }

    [Fact]
    public async Task An_experiment_that_ends_in_peace_when_told_to_end_is_invalid_all_the_same()
    {
        var result = await RunAsync(
            (_, _, cancellation) => Task.Delay(Timeout.InfiniteTimeSpan, cancellation).ContinueWith(_ => { }, TaskScheduler.Default),
            limit: TimeSpan.FromMilliseconds(60));
        Assert.Single(result.Invalid);
    }

    [Fact]
    public async Task Cancelling_waits_until_the_experiment_has_cleaned_up_and_leaves_no_result()
    {
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var (started, cleaned) = (new TaskCompletionSource(), false);
        var running = RunAsync(
            async (_, _, cancellation) =>
            {
                try
                {
                    started.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
                }
                finally
                {
                    await Task.Yield();
                    cleaned = true;
                }
            },
            cancellation: cancelled.Token);
        await started.Task;
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.True(cleaned);
    }

    private Task<Result> RunAsync(
        Func<Plan, Findings, CancellationToken, Task> run, Func<Evidence, IEnumerable<Verdict>>? judge = null, TimeSpan? limit = null,
        CancellationToken? cancellation = null) =>
        new Runner(_folder, limit ?? TimeSpan.FromMinutes(1)).RunAsync(
            new RunnerExperiment("one", run, judge), s_plan,
            new(Machines.This(), "unknown", Modified: false, 1, 3, Quick: false, DateTimeOffset.UtcNow), cancellation ?? Cancellation);

    private Task<string> ReadLogAsync() => File.ReadAllTextAsync(Path.Combine(_folder, "one.log"), Cancellation);
}
