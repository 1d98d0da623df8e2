using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MsaAspire.Lab.Load;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using MsaAspire.Lab.Statistics;

namespace MsaAspire.Lab.Experiments;

/// <summary>Deploys a new version of payment while customers are served.</summary>
public sealed class Redeploy : Experiment
{
    private const string InPlace = "in-place", Rolling = "rolling";

    /// <summary>A stopping process first drains its connections, as everything behind a load balancer should.</summary>
    private const int DrainSeconds = 1;

    private static readonly Rates s_rates = new(Browse: 20, Search: 10, Order: 10);

    /// <inheritdoc/>
    public override bool InQuick => true;

    /// <inheritdoc/>
    public override Description About => RedeployText.Description;

    /// <inheritdoc/>
    public override async Task RunAsync(Plan plan, Findings findings, CancellationToken cancellation)
    {
        // The quick run deploys the same version again: the losses are the same, and there is no time to build another.
        using var copy = plan.Quick ? null : WorkCopy.Create(Repository.Root);
        if (copy is not null)
        {
            plan.Say("building the next version");
            copy.Edit("services/Payment/PaymentProvider.cs", text => text.Replace(
                "the card was declined", "the card was declined by its bank", StringComparison.Ordinal));
            // Builds payment as well, which the monolith references.
            await copy.DotNetAsync(cancellation, "build", copy.Project("Monolith"), "-c", Repository.Configuration, "-v", "quiet");
        }

        foreach (var (shape, project) in (IEnumerable<(string, string)>)[(Shapes.Microservices, "Payment"), (Shapes.Monolith, "Monolith")])
        {
            var next = copy?.Project(project) ?? Path.Combine(Repository.Root, "services", project, $"{project}.csproj");
            await MeasureAsync(shape, next, plan, findings, cancellation);
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Verdict> Judge(Evidence evidence)
    {
        var lost = Shapes.Both.ToDictionary(shape => shape, shape => evidence.Rounds(InPlace, shape, "lost"));
        yield return Rules.None(lost[Shapes.Microservices], "requests").On(
            "nobody-notices", Line(Shapes.Microservices, lost[Shapes.Microservices]));
        yield return Rules.Less(lost[Shapes.Microservices], lost[Shapes.Monolith], 2, "requests").On(
            "monolith-loses", [.. Shapes.Both.Select(shape => Line(shape, lost[shape]))]);
        var restarted = Shapes.Both.ToDictionary(shape => shape, shape => evidence.Rounds(InPlace, shape, "modules-restarted"));
        yield return Rules.Less(restarted[Shapes.Microservices], restarted[Shapes.Monolith], 2, "modules").On(
            "only-that-part", [.. Shapes.Both.Select(shape => $"{shape}: {Spread.Of(restarted[shape], "modules")}")]);
        if (evidence.All.All(m => m.Case != Rolling))
            yield break;
        var rolling = evidence.Rounds(Rolling, Shapes.Monolith, "lost");
        yield return Rules.None(rolling, "requests").On("rolling-is-enough", Line(Shapes.Monolith, rolling));

        static string Line(string shape, IReadOnlyList<double> lost) => $"{shape}: {Spread.Of(lost, "requests lost")}";
    }

    private static async Task MeasureAsync(string shape, string project, Plan plan, Findings findings, CancellationToken cancellation)
    {
        var service = Shapes.ResourceOf(shape, "payment");
        plan.Say($"{shape}: starting");
        await using var system = await ShopSystem.StartAsync(new(shape)
        {
            Change = builder =>
            {
                if (shape == Shapes.Monolith)
                    builder.AddMonolith(project);
                else
                    builder.AddPayment(project);
                foreach (var version in (string[])[service, NewVersions.Next(service)])
                    builder.Resource<ProjectResource>(version).WithEnvironment("Drain__Seconds", DrainSeconds.ToString(CultureInfo.InvariantCulture));
            },
        }, cancellation);
        await using var load = await ShopLoad.ConnectAsync(system.Gateway, await system.BrokerAsync(cancellation), plan.Seed, cancellation);
        await Trial.WarmUpAsync(load, s_rates, cancellation);
        var (running, next) = (service, NewVersions.Next(service));
        string[] ways = plan.Quick ? [InPlace] : [InPlace, Rolling];
        foreach (var (way, round) in from way in ways from round in Enumerable.Range(1, plan.Rounds) select (way, round))
        {
            plan.Say($"{shape}: {way}, round {round}");
            var before = system.AllProcessIds();
            var (from, to) = (running, next);
            var watch = new Watch(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(plan.Quick ? 3 : 5));
            var trial = await Trial.RunAsync(load, s_rates, watch, () => DeployAsync(system, way, from, to, cancellation), cancellation);
            trial.Check(findings, $"{shape}, {way}, round {round}");
            Add(findings, trial, system, before, way, shape, round);
            (running, next) = (next, running);
        }
    }

    private static async Task DeployAsync(ShopSystem system, string way, string from, string to, CancellationToken cancellation)
    {
        if (way == Rolling)
            await system.StartServiceAsync(to, cancellation);
        await system.StopServiceAsync(from, cancellation);
        if (way == InPlace)
            await system.StartServiceAsync(to, cancellation);
    }

    private static void Add(
        Findings findings, Trial trial, ShopSystem system, IReadOnlySet<int> before, string way, string shape, int round)
    {
        void Add(string metric, string unit, double value) => findings.Add(new Measurement(way, shape, metric, unit, round, value));
        var modules = shape == Shapes.Monolith ? 5 : 1;
        var started = system.AllProcessIds().Except(before).Count();
        if (started == 0)
            findings.Invalid($"{shape}, {way}, round {round}: no new process was started, so nothing was deployed.");
        Add("deploy", "s", trial.To - trial.From);
        Add("processes-restarted", "processes", started);
        Add("modules-restarted", "modules", started * modules);
        Add("lost", "requests", Trial.Requests.Sum(trial.Lost));
        foreach (var operation in Trial.Requests)
        {
            Add($"lost-{operation}", "requests", trial.Lost(operation));
            Add($"unavailable-{operation}", "s", trial.Load.UnavailableSeconds(operation, trial.From));
        }

        Add("delayed", "orders", trial.DelayedOrders);
        Add("stuck", "orders", trial.Load.Orders.Stuck);
        trial.AddTimelines(findings, way, shape, round, new Mark(trial.From, "deploy-begins"), new Mark(trial.To, "deploy-ends"));
    }
}
