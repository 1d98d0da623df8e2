using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Running;

/// <summary>Runs experiments one after the other. A failure of one is recorded in its result.</summary>
/// <param name="folder">Where the stack trace of an experiment that failed is written, as <c>{id}.log</c>.</param>
/// <param name="limit">How long an experiment may take.</param>
internal sealed class Runner(string folder, TimeSpan limit)
{
    /// <summary>How long a cancelled experiment may take to stop what it has started.</summary>
    private readonly TimeSpan _grace = TimeSpan.FromMinutes(2);

    private string? _leftRunning;

    /// <summary>Runs one experiment.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was requested.</exception>
    public async Task<Result> RunAsync(Experiment experiment, Plan plan, RunInfo run, CancellationToken cancellation)
    {
        var (about, findings) = (experiment.About, new Findings());
        List<Verdict> verdicts = [];
        File.Delete(LogOf(about));
        var start = TimeProvider.System.GetTimestamp();
        if (_leftRunning is not null)
            findings.Invalid($"{_leftRunning} did not stop, and disturbs later measurements");
        else
            await MeasureAsync(experiment, plan, findings, cancellation);
        var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        foreach (var measurement in findings.Measurements.Where(m => !double.IsFinite(m.Value)))
            findings.Invalid($"{measurement.Metric} ({measurement.Case}, {measurement.Shape}, round {measurement.Round}) is not a number");
        if (findings.Skipped is null && findings.Reasons.Count == 0)
            verdicts = await JudgeAsync(experiment, findings, cancellation);
        return new(
            about.Id, run, seconds, findings.Skipped, findings.Reasons, [.. findings.Measurements.Where(m => double.IsFinite(m.Value))],
            findings.Timelines, [.. about.Claims.Select(claim => verdicts.Find(v => v.Claim == claim.Id) ?? NoConclusion(claim))]);
    }

    private static Verdict NoConclusion(Claim claim) => new(claim.Id, Outcome.NoConclusion, null, "", []);

    private async Task MeasureAsync(Experiment experiment, Plan plan, Findings findings, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ending.CancelAfter(limit);
        var late = $"did not end within {limit.TotalMinutes:0.##} minutes";
        try
        {
            await EndAsync(Task.Run(() => experiment.RunAsync(plan, findings, ending.Token), CancellationToken.None), ending.Token);
            if (ending.IsCancellationRequested)
                findings.Invalid(late);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            if (e is TimeoutException && ending.IsCancellationRequested)
                _leftRunning = experiment.About.Id;
            findings.Invalid(ending.IsCancellationRequested ? late : e.Message);
            await LogAsync(experiment, e);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Waits for a task, but no longer than the grace period after its cancellation.</summary>
    private async Task EndAsync(Task task, CancellationToken ending)
    {
        await Task.WhenAny(task, Task.Delay(Timeout.InfiniteTimeSpan, ending));
        await task.WaitAsync(_grace, CancellationToken.None);
    }

    private async Task<List<Verdict>> JudgeAsync(Experiment experiment, Findings findings, CancellationToken cancellation)
    {
        try
        {
            var verdicts = experiment.Judge(new Evidence(findings.Measurements)).ToList();
            var known = experiment.About.Claims.Select(c => c.Id).ToHashSet();
            if (verdicts.Find(v => !known.Contains(v.Claim)) is { } stray)
                throw new InvalidOperationException($"There is a verdict on {stray.Claim}, which is not one of the claims.");
            return [.. verdicts.Select(v => v.Effect is { } effect && !double.IsFinite(effect) ? v with { Effect = null } : v)];
        }
        catch (Exception e)
        {
            cancellation.ThrowIfCancellationRequested();
            findings.Invalid($"cannot be judged: {e.Message}");
            await LogAsync(experiment, e);
            return [];
        }
    }

    private string LogOf(Description about) => Path.Combine(folder, $"{about.Id}.log");

    private async Task LogAsync(Experiment experiment, Exception exception)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(LogOf(experiment.About), $"{exception}\n", CancellationToken.None);
    }
}
