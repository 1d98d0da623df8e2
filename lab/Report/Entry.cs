using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

internal enum State
{
    NotRun,
    Skipped,
    Invalid,
    Valid,
}

/// <summary>An experiment of the report, and its result.</summary>
/// <param name="Number">Its number in the report, from 1.</param>
internal sealed record Entry(int Number, Description About, Result? Result)
{
    public string Anchor { get; } = $"experiment-{string.Concat(About.Id.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}";

    public Names Names { get; } = new(About);

    public State State => Result switch
    {
        null => State.NotRun,
        { Skipped: not null } => State.Skipped,
        { Invalid.Count: > 0 } => State.Invalid,
        _ => State.Valid,
    };

    /// <summary>Null without one, and always when the run is not valid, whatever its file says.</summary>
    public Verdict? VerdictOf(Claim claim) => State == State.Valid ? Result?.Verdicts.FirstOrDefault(v => v.Claim == claim.Id) : null;

    public Outcome OutcomeOf(Claim claim) => VerdictOf(claim)?.Outcome ?? Outcome.NoConclusion;

    public bool Contradicts(Claim claim) => claim.Source is not null && OutcomeOf(claim) == Outcome.DoesNotHold;

    /// <summary>All experiments with their results, then results whose experiment this version does not know.</summary>
    public static List<Entry> From(IReadOnlyList<Description> experiments, IReadOnlyList<Result> results)
    {
        var unknown = results.Select(r => r.Experiment).Except(experiments.Select(e => e.Id)).Select(Unknown);
        return [.. experiments.Concat(unknown).Select((about, i) => new Entry(i + 1, about, ResultOf(about)))];

        Result? ResultOf(Description about) => results.LastOrDefault(r => r.Experiment == about.Id);
    }

    private static Description Unknown(string id) => new()
    {
        Id = id, Title = new(id, id), Hypothesis = ReportTexts.UnknownExperiment, Method = new("–", "–"), Claims = [],
    };
}
