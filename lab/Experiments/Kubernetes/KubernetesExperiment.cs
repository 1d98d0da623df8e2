using System.Diagnostics;
using MsaAspire.Lab.Load;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using MsaAspire.Lab.Statistics;

namespace MsaAspire.Lab.Experiments.Kubernetes;

/// <summary>
/// What Kubernetes does for the exported shop: starts it, heals it, updates it, rolls an update back, balances requests, deletes it.
/// </summary>
public sealed class KubernetesExperiment : Experiment
{
    internal const string Start = "start", Delete = "delete", Heal = "heal",
        Update = "rolling-update", Rollback = "rollback", Spreading = "balance";

    /// <summary>Part of every browse, search and order request.</summary>
    private const string Service = "catalog";

    private const string NoSuchTag = "of-the-lab-and-of-no-image";

    private static readonly Rates s_rates = new(Browse: 12, Search: 6, Order: 2);
    private static readonly TimeSpan s_roll = TimeSpan.FromSeconds(240), s_soon = TimeSpan.FromSeconds(120),
        s_stay = TimeSpan.FromSeconds(5);
    private static readonly Watch s_watch = new(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6));

    private readonly Surroundings _surroundings;

    /// <summary>With this machine's kubectl and tree.</summary>
    public KubernetesExperiment()
        : this(Surroundings.OfThisMachine())
    {
    }

    internal KubernetesExperiment(Surroundings surroundings) => _surroundings = surroundings;

    /// <inheritdoc/>
    public override bool InAll => false;

    /// <inheritdoc/>
    public override Description About => KubernetesText.Description;

    /// <inheritdoc/>
    public override async Task RunAsync(Plan plan, Findings findings, CancellationToken cancellation)
    {
        plan.Say("asking whether the cluster may be used");
        var admission = await Admission.AskAsync(_surroundings, plan.Context, cancellation);
        if (admission is not { Kubectl: { } kubectl, Tree: { } tree })
        {
            findings.Skipped = admission.Refusal;
            return;
        }

        await using var proxy = await ApiServerProxy.StartAsync(kubectl, cancellation);
        for (var round = 1; round <= plan.Rounds; round++)
        {
            plan.Say($"round {round}: starting all in {tree.Namespace}");
            var start = Stopwatch.GetTimestamp();
            await using var shop = await ClusterShop.StartAsync(kubectl, tree, cancellation);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            var gateway = proxy.Of(tree.Namespace, "gateway", "http");
            await new Round(shop, proxy, gateway, plan, findings, round).RunAsync(seconds, cancellation);
            plan.Say($"round {round}: deleting the namespace");
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Verdict> Judge(Evidence evidence)
    {
        var (ready, healed, undone, updated) = (Of(Start, "ready"), Of(Heal, "healed"), Of(Rollback, "undone"), Of(Update, "updated"));
        yield return Rules.AtMost(ready, 120, "s").On("one-command", $"all ready: {Spread.Of(ready, "s")}");
        yield return Rules.AtMost(healed, 60, "s").On("heals", $"as many ready as before: {Spread.Of(healed, "s")}");
        yield return None(Heal, "nobody-notices-a-pod");
        yield return None(Update, "no-downtime");
        yield return None(Rollback, "bad-version-stopped", $"ready at least: {Spread.Of(Of(Rollback, "least-ready"), "pods")}");
        yield return Rules.Less(undone, updated, 2, "s").On(
            "undo-is-quick", $"undo: {Spread.Of(undone, "s")}", $"rolling update: {Spread.Of(updated, "s")}");
        var (p, busiest) = (Of(Spreading, "p"), Of(Spreading, "busiest"));
        yield return Rules.AtLeast(p, 0.01, "p").On(
            "even-spread", $"chi-square: p {Spread.Of(p, "")}", $"share of the busiest pod: {Spread.Of(busiest, "%")}");
        var lost = Of(Delete, "claims-lost");
        yield return Rules.None(lost, "volume claims").On("data-stays", $"volume claims lost: {Spread.Of(lost, "")}".TrimEnd());

        IReadOnlyList<double> Of(string @case, string metric) => evidence.Rounds(@case, Shapes.Microservices, metric);
        Verdict None(string @case, string claim, params IReadOnlyList<string> more) =>
            Rules.None(Of(@case, "lost"), "requests").On(
                claim, [$"lost: {Spread.Of(Of(@case, "lost"), "requests")}", $"sent: {Spread.Of(Of(@case, "sent"), "requests")}", .. more]);
    }

    private sealed record Round(ClusterShop Shop, ApiServerProxy Proxy, Uri Gateway, Plan Plan, Findings Findings, int Number)
    {
        public async Task RunAsync(double started, CancellationToken cancellation)
        {
            Add(Start, "ready", "s", started);
            Add(Start, "pods", "pods", (await Shop.PodsAsync(cancellation)).Count);
            await using (var load = await ShopLoad.ConnectAsync(Gateway, brokerConnectionString: null, Plan.Seed, cancellation))
            {
                await Trial.WarmUpAsync(load, s_rates, cancellation);
                // The update makes the pods log requests, from which the balance is counted.
                await TryAsync(Update, load, () => UpdateAsync(cancellation), cancellation);
                await BalanceAsync(cancellation);
                await TryAsync(Heal, load, () => HealAsync(cancellation), cancellation);
                await TryAsync(Rollback, load, () => RollBackAsync(cancellation), cancellation);
            }

            await DeleteAsync(cancellation);
        }

        private async Task TryAsync(string @case, ShopLoad load, Func<Task> act, CancellationToken cancellation)
        {
            Plan.Say($"round {Number}: {@case}");
            var trial = await Trial.RunAsync(load, s_rates, s_watch, act, cancellation);
            trial.Check(Findings, $"{@case}, round {Number}");
            if (!Proxy.IsRunning)
                Findings.Invalid($"{@case}, round {Number}: kubectl proxy has ended, so that no request could come to the shop.");
            Add(@case, "lost", "requests", Trial.Requests.Sum(trial.Lost));
            Add(@case, "sent", "requests", Trial.Requests.Sum(operation => trial.Load.Window(operation, trial.From).Count));
            foreach (var operation in Trial.Requests)
                Add(@case, $"lost-{operation}", "requests", trial.Lost(operation));
            Add(@case, "stuck", "orders", trial.Load.Orders.Stuck);
            trial.AddTimelines(Findings, @case, Shapes.Microservices, Number, new Mark(trial.From, "begins"), new Mark(trial.To, "ends"));
        }

        private async Task UpdateAsync(CancellationToken cancellation)
        {
            var start = Stopwatch.GetTimestamp();
            await Shop.RunAsync(cancellation, "set", "env", $"deployment/{Service}", Balance.LogRequests);
            await RolledOutAsync(cancellation);
            Add(Update, "updated", "s", Stopwatch.GetElapsedTime(start).TotalSeconds);
            await AloneAsync(cancellation);
        }

        private async Task BalanceAsync(CancellationToken cancellation)
        {
            Plan.Say($"round {Number}: {Spreading}");
            var counts = await Balance.MeasureAsync(Shop, Gateway, Service, cancellation);
            Findings.Add(new Measurement(
                Spreading, Shapes.Microservices, "p", "p", Number, ChiSquare.Uniform(counts).PValue,
                [.. counts.Select(count => (double)count)]));
            Add(Spreading, "busiest", "%", 100.0 * counts.Max() / counts.Sum());
        }

        private async Task HealAsync(CancellationToken cancellation)
        {
            var before = (await Shop.PodsAsync(cancellation, Service)).Where(p => p.IsReady).ToList();
            var start = Stopwatch.GetTimestamp();
            await Shop.RunAsync(cancellation, "delete", "pod", before[0].Name, "--grace-period=0", "--force");
            await Shop.UntilAsync(
                $"as many pods of {Service} are ready as before", s_soon,
                async () => (await Shop.PodsAsync(cancellation, Service)).Count(p => p.IsReady && p.Name != before[0].Name) >= before.Count,
                cancellation);
            Add(Heal, "healed", "s", Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        private async Task RollBackAsync(CancellationToken cancellation)
        {
            var workload = await Shop.WorkloadAsync(Service, cancellation);
            await Shop.RunAsync(
                cancellation, "set", "image", $"deployment/{Service}", $"{workload.Container}={workload.ImageOf(NoSuchTag)}");
            var least = int.MaxValue;
            await Shop.UntilAsync(
                "the image that does not exist is missed", s_soon, async () => (await LookAsync()).Any(p => p.LacksImage), cancellation);
            await Task.Delay(s_stay, cancellation);
            await LookAsync();
            var start = Stopwatch.GetTimestamp();
            await Shop.RunAsync(cancellation, "rollout", "undo", $"deployment/{Service}");
            await RolledOutAsync(cancellation);
            Add(Rollback, "undone", "s", Stopwatch.GetElapsedTime(start).TotalSeconds);
            Add(Rollback, "least-ready", "pods", least);

            async Task<IReadOnlyList<PodState>> LookAsync()
            {
                var pods = await Shop.PodsAsync(cancellation, Service);
                least = Math.Min(least, pods.Count(p => p.IsReady));
                return pods;
            }
        }

        private async Task DeleteAsync(CancellationToken cancellation)
        {
            Plan.Say($"round {Number}: {Delete}");
            var claims = await Shop.ClaimsAsync(cancellation);
            var start = Stopwatch.GetTimestamp();
            await Shop.DeleteAllButDataAsync(cancellation);
            Add(Delete, "gone", "s", Stopwatch.GetElapsedTime(start).TotalSeconds);
            Add(Delete, "claims-lost", "volume claims", claims - await Shop.ClaimsAsync(cancellation));
        }

        private Task RolledOutAsync(CancellationToken cancellation) => Shop.UntilAsync(
            $"{Service} is rolled out", s_roll, async () => (await Shop.WorkloadAsync(Service, cancellation)).IsDone, cancellation);

        /// <summary>The old pods keep serving for some seconds after the new ones are ready.</summary>
        private Task AloneAsync(CancellationToken cancellation) => Shop.UntilAsync(
            $"the old pods of {Service} are gone", s_soon,
            async () => (await Shop.PodsAsync(cancellation, Service)).All(p => !p.IsEnding), cancellation);

        private void Add(string @case, string metric, string unit, double value) =>
            Findings.Add(new Measurement(@case, Shapes.Microservices, metric, unit, Number, value));
    }
}
