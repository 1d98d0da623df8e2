using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using MsaAspire.Faults;
using MsaAspire.Lab.Load;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using MsaAspire.Lab.Statistics;

namespace MsaAspire.Lab.Experiments;

/// <summary>Requests over one to four replicas, and the losses when one of them is killed.</summary>
public sealed class Balance : Experiment
{
    private const int Requests = 400, AtOnce = 8, MostReplicas = 4;
    private const double Significance = 0.01;
    private static readonly Rates s_rates = new(Browse: 40, Search: 20, Order: 5);
    private static readonly TimeSpan s_spreadLimit = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override bool InQuick => true;

    /// <inheritdoc/>
    public override Description About => BalanceText.Description;

    /// <inheritdoc/>
    public override async Task RunAsync(Plan plan, Findings findings, CancellationToken cancellation)
    {
        foreach (var shape in plan.Quick ? [Shapes.Microservices] : Shapes.Both)
        {
            var service = Shapes.ResourceOf(shape, "catalog");
            var most = plan.Quick ? 2 : MostReplicas;
            plan.Say($"{shape}: starting");
            await using var system = await ShopSystem.StartAsync(
                new(shape) { Faults = true, Change = builder => AddReplicas(builder, shape, most) }, cancellation);
            var broker = await system.BrokerAsync(cancellation);
            await using var load = await ShopLoad.ConnectAsync(system.Gateway, broker, plan.Seed, cancellation);
            await Trial.WarmUpAsync(load, s_rates, cancellation);
            for (var replicas = 1; replicas <= most; replicas++)
            {
                if (replicas > 1)
                    await system.StartServiceAsync(Replica(service, replicas), cancellation);
                await SpreadAsync(system, replicas, cancellation);
                foreach (var round in Enumerable.Range(1, plan.Rounds))
                {
                    plan.Say($"{shape}: {replicas} replicas, round {round}");
                    var newest = system.ProcessIds(Replica(service, replicas)).Single();
                    Add(findings, shape, replicas, round, newest, await CountAsync(system.Gateway, cancellation));
                }
            }

            foreach (var round in Enumerable.Range(1, plan.Rounds))
            {
                plan.Say($"{shape}: one of {most} killed, round {round}");
                await KillOneAsync(system, load, Replica(service, most), shape, round, findings, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Verdict> Judge(Evidence evidence)
    {
        var spread = evidence.All.Where(m => m.Metric == "p").ToList();
        var even = spread.Select(m => m.Value > Significance ? Outcome.Holds : Outcome.DoesNotHold).ToList();
        yield return new Judgement(Rules.All(even), spread.Min(m => m.Value), "p").On(
            "even", [.. spread.GroupBy(m => (m.Shape, m.Case)).Select(g =>
                $"{g.Key.Shape}, {g.Key.Case}: p {string.Join(", ", g.Select(m => m.Value.ToString("0.000")))}")]);
        var shares = evidence.All.Where(m => m.Metric == "least-share").ToList();
        yield return Rules.AtLeast([.. shares.Select(m => m.Value)], 0.5, "x").On(
            "all-work", $"{shares.Count} distributions: least share {shares.Min(m => m.Value):0.00} of an even one");
        var lost = evidence.Rounds("kill-one", Shapes.Microservices, "lost");
        yield return Rules.None(lost, "requests").On("kill-one", $"microservices: {Spread.Of(lost, "requests lost")}");
        if (evidence.All.Any(m => m.Shape == Shapes.Monolith))
        {
            var memory = Shapes.Both.ToDictionary(s => s, s => evidence.Rounds($"replicas-{MostReplicas}", s, "memory-of-one"));
            yield return Rules.Less(memory[Shapes.Microservices], memory[Shapes.Monolith], 1.2, "MB").On(
                "scale-what-needs-it", [.. Shapes.Both.Select(s => $"{s}: {Spread.Of(memory[s], "MB for one more")}")]);
        }
    }

    private static string Replica(string service, int number) => number == 1 ? service : $"{service}-{number}";

    /// <summary>More processes of one service, each at an address that the gateway knows.</summary>
    private static void AddReplicas(IDistributedApplicationTestingBuilder builder, string shape, int most)
    {
        var service = Shapes.ResourceOf(shape, "catalog");
        var first = builder.Resource<ProjectResource>(service);
        var project = ((IProjectMetadata)first.Resource.Annotations.Last(a => a is IProjectMetadata)).ProjectPath;
        first.WithReplicas(1);
        var gateway = builder.Resource<ProjectResource>("gateway");
        for (var number = 2; number <= most; number++)
        {
            var replica = builder.AddProject(Replica(service, number), project).WithHttpHealthCheck("/health").WithExplicitStart();
            if (shape == Shapes.Monolith)
                replica.WithShopDatabase(builder);
            else
                replica.WithReference(builder.Resource<PostgresDatabaseResource>("catalogdb"));
            foreach (var module in shape == Shapes.Monolith ? NewVersions.Modules : ["catalog"])
                gateway.WithEnvironment($"services__{module}__http__{number - 1}", replica.GetEndpoint("http"));
        }
    }

    /// <summary>Waits until the gateway considers all of them healthy.</summary>
    private static async Task SpreadAsync(ShopSystem system, int replicas, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_spreadLimit);
        var seen = 0;
        try
        {
            while ((seen = (await CountAsync(system.Gateway, limit.Token)).Count) < replicas)
                await Task.Delay(200, limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"Only {seen} of {replicas} replicas got requests within {s_spreadLimit.TotalSeconds:0} s.", e);
        }
    }

    /// <summary>How many of some hundred requests each process answered.</summary>
    private static async Task<Dictionary<string, long>> CountAsync(Uri gateway, CancellationToken cancellation)
    {
        using var client = new HttpClient { BaseAddress = gateway, Timeout = TimeSpan.FromSeconds(5) };
        var served = new Dictionary<string, long>(StringComparer.Ordinal);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForAsync(0, Requests, options, async (i, token) =>
        {
            using var answer = await client.GetAsync($"/api/products/{(i % 40) + 1}", token);
            // The gateway's own is among them, and the same in all.
            var by = answer.Headers.TryGetValues(FaultInjection.ServedBy, out var processes) ? string.Join(',', processes) : "";
            lock (served)
                served[by] = served.GetValueOrDefault(by) + 1;
        });
        return served;
    }

    private static void Add(Findings findings, string shape, int replicas, int round, int newest, Dictionary<string, long> served)
    {
        void Add(string metric, string unit, double value, IReadOnlyList<double>? samples = null) =>
            findings.Add(new Measurement($"replicas-{replicas}", shape, metric, unit, round, value, samples));
        if (served.Count != replicas || served.ContainsKey(""))
        {
            findings.Invalid(
                $"{shape}, {replicas} replicas, round {round}: {served.Count} processes answered ({string.Join(", ", served.Keys)}).");
        }

        IReadOnlyList<double> counts = [.. served.Values.Select(c => (double)c)];
        Add("least-share", "x", counts.Min() * replicas / counts.Sum(), counts);
        if (replicas > 1 && served.Count > 1)
            Add("p", "p", ChiSquare.Uniform([.. served.Values]).PValue, counts);
        using var process = System.Diagnostics.Process.GetProcessById(newest);
        Add("memory-of-one", "MB", process.WorkingSet64 / 1e6);
    }

    private static async Task KillOneAsync(
        ShopSystem system, ShopLoad load, string victim, string shape, int round, Findings findings, CancellationToken cancellation)
    {
        var trial = await Trial.RunAsync(load, s_rates, new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)), async () =>
        {
            using (var process = System.Diagnostics.Process.GetProcessById(system.ProcessIds(victim).Single()))
                process.Kill();
            await system.EndedAsync(victim, cancellation);
        }, cancellation);
        trial.Check(findings, $"{shape}, kill, round {round}");
        findings.Add(new Measurement("kill-one", shape, "lost", "requests", round, Trial.Requests.Sum(trial.Lost)));
        var p99 = trial.Load.Window(Operations.Browse, trial.From).P99 ?? 0;
        findings.Add(new Measurement("kill-one", shape, "p99-browse", "ms", round, p99));
        trial.AddTimelines(findings, "kill-one", shape, round, new Mark(trial.From, "killed"));
        await system.StartServiceAsync(victim, cancellation);
        await Trial.SettleAsync(load, s_rates, cancellation);
    }
}
