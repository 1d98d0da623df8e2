using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Results;

namespace Lab.Tests;

/// <summary>An experiment with the claims <c>first</c> and <c>second</c> that does what a test says.</summary>
internal sealed class RunnerExperiment(
    string id,
    Func<Plan, Findings, CancellationToken, Task> run,
    Func<Evidence, IEnumerable<Verdict>>? judge = null,
    bool inAll = true,
    bool inQuick = false) : Experiment
{
    public override Description About { get; } = new()
    {
        Id = id,
        Title = new($"Of [{id}]", ""),
        Hypothesis = new("", ""),
        Method = new("", ""),
        Claims = [new("first", new("It is [first].", ""), null, new("", "")), new("second", new("It is second.", ""), null, new("", ""))],
    };

    public override bool InAll => inAll;

    public override bool InQuick => inQuick;

    public override Task RunAsync(Plan plan, Findings findings, CancellationToken cancellation) => run(plan, findings, cancellation);

    public override IEnumerable<Verdict> Judge(Evidence evidence) => judge?.Invoke(evidence) ?? [];
}
