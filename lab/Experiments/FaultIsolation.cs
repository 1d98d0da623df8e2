using Aspire.Hosting.ApplicationModel;
using MsaAspire.Lab.Load;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using MsaAspire.Lab.Statistics;

namespace MsaAspire.Lab.Experiments;

/// <summary>Makes payment fail in five ways, and observes the rest of the shop.</summary>
public sealed class FaultIsolation : Experiment
{
    /// <summary>How much of the requests must succeed for an operation to count as working, in percent.</summary>
    private const double Working = 99;

    /// <summary>How long 99 % of its requests may take, in milliseconds.</summary>
    private const double Slow = 1000;

    private static readonly Rates s_rates = new(Browse: 20, Search: 10, Order: 10);
    private static readonly TimeSpan s_before = TimeSpan.FromSeconds(3), s_after = TimeSpan.FromSeconds(6);

    /// <inheritdoc/>
    public override bool InQuick => true;

    /// <inheritdoc/>
    public override Description About => FaultIsolationText.Description;

    /// <inheritdoc/>
    public override async Task RunAsync(Plan plan, Findings findings, CancellationToken cancellation)
    {
        var faults = plan.Quick ? [new CrashLoop()] : Fault.All;
        foreach (var shape in Shapes.Both)
        {
            plan.Say($"{shape}: starting");
            var target = Shapes.ResourceOf(shape, "payment");
            await using var system = await ShopSystem.StartAsync(new(shape)
            {
                Faults = true,
                Change = builder => builder.Resource<ProjectResource>(target).WithMemoryLimit(Fault.MemoryLimit(shape)),
            }, cancellation);
            var broker = await system.BrokerAsync(cancellation);
            await using var load = await ShopLoad.ConnectAsync(system.Gateway, broker, plan.Seed, cancellation);
            await Trial.WarmUpAsync(load, s_rates, cancellation);
            await using var supervisor = new Supervisor(system, target, cancellation);
            foreach (var (fault, round) in from fault in faults from round in Enumerable.Range(1, plan.Rounds) select (fault, round))
            {
                plan.Say($"{shape}: {fault.Key}, round {round}");
                await MeasureAsync(new(system, supervisor, target, fault, round), load, plan, findings, cancellation);
                await system.HealthyAsync(target, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Verdict> Judge(Evidence evidence)
    {
        var faults = evidence.All.Select(m => m.Case).Distinct().ToList();
        yield return Keeps(Shapes.Microservices).On("isolated", Lines(Shapes.Microservices));
        // Its opposite, for the other shape.
        var monolith = Keeps(Shapes.Monolith);
        yield return (monolith with { Outcome = Opposite(monolith.Outcome) }).On("monolith-suffers", Lines(Shapes.Monolith));
        var crash = Shapes.Both.ToDictionary(shape => shape, shape => Lost(shape, "crash-loop"));
        yield return Rules.Less(crash[Shapes.Microservices], crash[Shapes.Monolith], 2, "%").On(
            "crash", [.. Shapes.Both.Select(shape => $"{shape}: {Spread.Of(crash[shape], "% of requests failed")}")]);

        Judgement Keeps(string shape)
        {
            var each = (from fault in faults
                        from o in Trial.Requests
                        select (
                            Part: evidence.Rounds(fault, shape, $"during-{o}"),
                            P99: evidence.Rounds(fault, shape, $"p99-during-{o}"))).ToList();
            return new(
                Rules.All([.. each.Select(e => Rules.All(
                    [.. e.Part.Zip(e.P99, (part, p99) => part >= Working && p99 <= Slow ? Outcome.Holds : Outcome.DoesNotHold)]))]),
                each.Min(e => e.Part.Min()), "%");
        }

        IReadOnlyList<string> Lines(string shape) =>
            [.. faults.Select(fault => $"{fault}: {string.Join(", ", Trial.Requests.Select(o =>
                $"{o} {Spread.Of(evidence.Rounds(fault, shape, $"during-{o}"), "%")}, "
                + $"p99 {Spread.Of(evidence.Rounds(fault, shape, $"p99-during-{o}"), "ms")}"))}")];

        IReadOnlyList<double> Lost(string shape, string fault) => [.. Trial.Requests
            .Select(o => evidence.Rounds(fault, shape, $"during-{o}")).Aggregate(
                (IEnumerable<double>)Enumerable.Repeat(0.0, evidence.Rounds(fault, shape, "during-browse").Count),
                (sum, rounds) => sum.Zip(rounds, (s, r) => s + ((100 - r) / Trial.Requests.Count)))];
    }

    private static Outcome Opposite(Outcome outcome) => outcome switch
    {
        Outcome.Holds => Outcome.DoesNotHold,
        Outcome.DoesNotHold => Outcome.Holds,
        _ => outcome,
    };

    /// <summary>Measures one fault in one round. The result is invalid where the fault did not take effect.</summary>
    internal static async Task MeasureAsync(
        FaultContext context, ShopLoad load, Plan plan, Findings findings, CancellationToken cancellation)
    {
        var (fault, round, shape) = (context.Fault, context.Round, context.System.Plan.Shape);
        var duration = TimeSpan.FromSeconds(plan.Quick ? 5 : 6);
        string? noEffect = null;
        var trial = await Trial.RunAsync(
            load, s_rates, new(s_before, s_after),
            async () => noEffect = await fault.HappenAsync(context, duration, cancellation), cancellation);
        trial.Check(findings, $"{shape}, {fault.Key}, round {round}");
        noEffect ??= fault.Missing(trial);
        if (noEffect is not null)
            findings.Invalid($"{shape}, {fault.Key}, round {round}: the fault did not take effect: {noEffect}");

        void Add(string metric, string unit, double? value)
        {
            if (value is { } figure)
                findings.Add(new Measurement(fault.Key, shape, metric, unit, round, figure));
        }

        foreach (var operation in (string[])[.. Trial.Requests, Operations.OrderToFinal])
        {
            (string, double, double)[] phases =
                [("before", 0, trial.From), ("during", trial.From, trial.To), ("after", trial.To, double.PositiveInfinity)];
            foreach (var (phase, from, to) in phases)
            {
                var window = trial.Load.Window(operation, from, to);
                Add($"{phase}-{operation}", "%", window.Availability);
                Add($"p99-{phase}-{operation}", "ms", window.P99);
            }
        }

        foreach (var operation in Trial.Requests)
            Add($"recovery-{operation}", "s", trial.Load.SecondsToRecover(operation, trial.To));
        Add("delayed", "orders", trial.DelayedOrders);
        Add("stuck", "orders", trial.Load.Orders.Stuck);
        trial.AddTimelines(findings, fault.Key, shape, round, new Mark(trial.From, "fault-begins"), new Mark(trial.To, "fault-ends"));
    }
}
