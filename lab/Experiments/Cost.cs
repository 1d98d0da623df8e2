using MsaAspire.Lab.Load;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using MsaAspire.Lab.Statistics;

namespace MsaAspire.Lab.Experiments;

/// <summary>The same load on both shapes, and its resource usage.</summary>
public sealed class Cost : Experiment
{
    private static readonly (string Key, Rates Rates, string Operation)[] s_loads =
    [
        ("orders-30", new(0, 0, 30), Operations.OrderToFinal),
        ("orders-100", new(0, 0, 100), Operations.OrderToFinal),
        ("orders-300", new(0, 0, 300), Operations.OrderToFinal),
        ("browse-300", new(300, 0, 0), Operations.Browse),
    ];

    private static readonly TimeSpan s_duration = TimeSpan.FromSeconds(8), s_patience = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public override Description About => CostText.Description;

    /// <inheritdoc/>
    public override async Task RunAsync(Plan plan, Findings findings, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
        {
            findings.Skipped = "Processor time and memory are read from /proc, which only Linux has.";
            return;
        }

        ProcessAccounts.Begin();
        foreach (var shape in Shapes.Both)
        {
            plan.Say($"{shape}: starting");
            await using var system = await ShopSystem.StartAsync(new(shape), cancellation);
            var broker = await system.BrokerAsync(cancellation);
            await using var load = await ShopLoad.ConnectAsync(system.Gateway, broker, plan.Seed, cancellation);
            // Twice: hot code is compiled again when it is known what it does.
            await Trial.WarmUpAsync(load, new(50, 20, 100), cancellation);
            await Trial.WarmUpAsync(load, new(50, 20, 100), cancellation);
            foreach (var (work, round) in from work in s_loads from round in Enumerable.Range(1, plan.Rounds) select (work, round))
            {
                plan.Say($"{shape}: {work.Key}, round {round}");
                await MeasureAsync(shape, work.Key, work.Rates, work.Operation, round, load, findings, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Verdict> Judge(Evidence evidence)
    {
        yield return Compare("monolith-cheaper", "cpu", 1.2, "ms");
        yield return Compare("monolith-faster", "p50", 1.2, "ms");
        yield return Compare("monolith-smaller", "memory", 1.2, "MB");

        Verdict Compare(string claim, string metric, double factor, string unit)
        {
            var judged = s_loads.Select(w => (w.Key, Judgement: Rules.Less(
                Of(w.Key, Shapes.Monolith), Of(w.Key, Shapes.Microservices), factor, unit))).ToList();
            var lines = judged.Select(j =>
                $"{j.Key}: {string.Join(", ", Shapes.Both.Select(shape => $"{shape} {Spread.Of(Of(j.Key, shape), unit)}"))}");
            var effect = Quantiles.Median([.. judged.Select(j => j.Judgement.Effect!.Value)]);
            return new Judgement(Rules.All([.. judged.Select(j => j.Judgement.Outcome)]), effect, "x").On(claim, [.. lines]);

            IReadOnlyList<double> Of(string key, string shape) => evidence.Rounds(key, shape, metric);
        }
    }

    private static async Task MeasureAsync(
        string shape, string key, Rates rates, string operation, int round, ShopLoad load, Findings findings,
        CancellationToken cancellation)
    {
        var before = ProcessAccounts.Read();
        var run = load.Start(rates, cancellation);
        await Task.Delay(s_duration, cancellation);
        var report = await run.StopAsync(s_patience);
        var after = ProcessAccounts.Read();
        if (report.Behind is { } behind)
            findings.Invalid($"{shape}, {key}, round {round}: {behind}");
        var all = report.Window(operation);
        if (all.Availability < 100 || report.Orders.Stuck + report.Orders.Unknown > 0)
        {
            findings.Invalid(
                $"{shape}, {key}, round {round}: {all.Count - all.Ok} of {all.Count} failed, so the costs cannot be compared.");
        }

        var cpu = after.Sum(a => (a.Value.Cpu - (before.GetValueOrDefault(a.Key)?.Cpu ?? TimeSpan.Zero)).TotalMilliseconds);
        void Add(string metric, string unit, double value) => findings.Add(new Measurement(key, shape, metric, unit, round, value));
        Add("cpu", "ms", cpu / Math.Max(1, all.Ok));
        Add("memory", "MB", after.Values.Sum(a => a.Memory) / 1e6);
        Add("rate", "/s", all.Ok / Math.Max(report.Seconds, report.Orders.LastFinalSeconds));
        Add("p50", "ms", all.P50 ?? 0);
        Add("p99", "ms", all.P99 ?? 0);
    }
}
