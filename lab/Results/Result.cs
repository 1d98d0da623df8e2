namespace MsaAspire.Lab.Results;

/// <summary>The result of one run of one experiment: the file <c>{id}.json</c>. Everything in the report is computed from it.</summary>
/// <param name="Experiment">The experiment's id.</param>
/// <param name="Run">Where and how.</param>
/// <param name="Seconds">How long the run took.</param>
/// <param name="Skipped">Why it was not run; null when it was.</param>
/// <param name="Invalid">Why the run is invalid; empty when it is valid.</param>
/// <param name="Measurements">Every figure of every round.</param>
/// <param name="Timelines">What happened second by second.</param>
/// <param name="Verdicts">The verdict on each claim.</param>
public sealed record Result(
    string Experiment,
    RunInfo Run,
    double Seconds,
    string? Skipped,
    IReadOnlyList<string> Invalid,
    IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<Timeline> Timelines,
    IReadOnlyList<Verdict> Verdicts);

/// <summary>One figure of one round.</summary>
/// <param name="Case">
/// The case it belongs to, such as a fault or a load; <c>all</c> where there is one only. Keys, which the experiment names in words.
/// </param>
/// <param name="Shape">What was measured, most often <c>microservices</c> or <c>monolith</c>.</param>
/// <param name="Metric">The metric's key.</param>
/// <param name="Unit">Its unit: <c>s</c>, <c>ms</c>, <c>MB</c>, <c>%</c>, <c>/s</c>, or a plain word such as <c>requests</c>.</param>
/// <param name="Round">From 1.</param>
/// <param name="Value">The figure.</param>
/// <param name="Samples">The raw samples it was computed from, where it is not one itself.</param>
public sealed record Measurement(
    string Case, string Shape, string Metric, string Unit, int Round, double Value, IReadOnlyList<double>? Samples = null);

/// <summary>What happened in the course of one round.</summary>
/// <param name="Case">As in <see cref="Measurement"/>.</param>
/// <param name="Shape">As in <see cref="Measurement"/>.</param>
/// <param name="Series">What is shown, such as an operation's key.</param>
/// <param name="Unit">The unit of the values.</param>
/// <param name="Round">From 1.</param>
/// <param name="StepSeconds">The time from one value to the next.</param>
/// <param name="Values">The values; null where nothing was measured in that step.</param>
/// <param name="Marks">What was done meanwhile.</param>
public sealed record Timeline(
    string Case, string Shape, string Series, string Unit, int Round, double StepSeconds,
    IReadOnlyList<double?> Values, IReadOnlyList<Mark> Marks);

/// <summary>Something that was done at a moment of a timeline.</summary>
/// <param name="AtSeconds">When, from the timeline's start.</param>
/// <param name="Name">Its key.</param>
public sealed record Mark(double AtSeconds, string Name);
