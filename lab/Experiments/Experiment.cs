using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Experiments;

/// <summary>A claim that people make, and how it is judged here.</summary>
/// <param name="Id">Its key within the experiment.</param>
/// <param name="Text">The claim.</param>
/// <param name="Source">Who makes it: author, title, year; null for one of our own.</param>
/// <param name="Rule">By which rule the data decides.</param>
public sealed record Claim(string Id, Words Text, string? Source, Words Rule);

/// <summary>How a metric is drawn.</summary>
public enum ChartKind
{
    /// <summary>Each round a dot, their median a bar, case by case and shape by shape.</summary>
    Bars,

    /// <summary>Like <see cref="Bars"/>, on a logarithmic scale.</summary>
    LogBars,

    /// <summary>The timelines of one round.</summary>
    Timeline,
}

/// <summary>A plot of the report.</summary>
/// <param name="Key">The metric, or the timeline's series; for timelines <c>*</c> stands for all series in one plot.</param>
/// <param name="Kind">How it is drawn.</param>
/// <param name="Title">What one sees.</param>
public sealed record Chart(string Key, ChartKind Kind, Words Title);

/// <summary>The description of an experiment: the report is made from this and a <see cref="Result"/>.</summary>
public sealed record Description
{
    /// <summary>Its key: the argument of <c>run</c>, and the name of its file.</summary>
    public required string Id { get; init; }

    /// <summary>Its title.</summary>
    public required Words Title { get; init; }

    /// <summary>What is expected before anything is measured.</summary>
    public required Words Hypothesis { get; init; }

    /// <summary>What is done and measured, and the limits of the figures.</summary>
    public required Words Method { get; init; }

    /// <summary>The claims it judges.</summary>
    public required IReadOnlyList<Claim> Claims { get; init; }

    /// <summary>The plots, in their order.</summary>
    public IReadOnlyList<Chart> Charts { get; init; } = [];

    /// <summary>The display names of cases, shapes, metrics, series and marks that <see cref="CommonNames"/> does not have.</summary>
    public IReadOnlyDictionary<string, Words> Names { get; init; } = new Dictionary<string, Words>();
}

/// <summary>An experiment that can be repeated.</summary>
public abstract class Experiment
{
    /// <summary>What it is about.</summary>
    public abstract Description About { get; }

    /// <summary>Whether <c>run all</c> includes it.</summary>
    public virtual bool InAll => true;

    /// <summary>Whether <c>run all --quick</c> includes it.</summary>
    public virtual bool InQuick => false;

    /// <summary>Measures. Failures of the measurement itself are reported to <see cref="Findings.Invalid"/>, never left out.</summary>
    public abstract Task RunAsync(Plan plan, Findings findings, CancellationToken cancellation);

    /// <summary>Judges the claims by what was found; called only when the run is valid.</summary>
    public abstract IEnumerable<Verdict> Judge(Evidence evidence);
}
