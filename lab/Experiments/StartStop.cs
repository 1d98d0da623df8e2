using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using MsaAspire.Lab.Load;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using MsaAspire.Lab.Statistics;

namespace MsaAspire.Lab.Experiments;

/// <summary>Starts everything, deletes everything, and checks what is left.</summary>
public sealed class StartStop : Experiment
{
    private static readonly int[] s_numbers = [1, 2, 4, 8];
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(2), s_goneLimit = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public override Description About => StartStopText.Description;

    /// <inheritdoc/>
    public override async Task RunAsync(Plan plan, Findings findings, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
        {
            findings.Skipped = "Remaining processes are looked up in /proc, which only Linux has.";
            return;
        }

        ProcessAccounts.Begin();
        foreach (var round in Enumerable.Range(1, plan.Rounds))
        {
            foreach (var shape in Shapes.Both)
            {
                plan.Say($"{shape}: the shop, round {round}");
                await MeasureAsync(
                    "shop", shape, round, async () => await ShopSystem.StartAsync(new(shape), cancellation), findings, cancellation);
            }

            foreach (var number in s_numbers)
            {
                plan.Say($"{number} services, round {round}");
                await MeasureAsync(
                    $"services-{number}", Shapes.Microservices, round, () => StartAsync(number, cancellation), findings, cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Verdict> Judge(Evidence evidence)
    {
        var left = evidence.All.Where(m => m.Metric == "left").Select(m => m.Value).ToList();
        yield return Rules.None(left, "processes").On("nothing-left", $"in {left.Count} starts and stops: {left.Sum():0} processes left");
        var one = Quantiles.Median(evidence.Rounds("services-1", Shapes.Microservices, "start"));
        var most = evidence.Rounds($"services-{s_numbers[^1]}", Shapes.Microservices, "start");
        yield return Rules.AtMost([.. most.Select(seconds => seconds / one)], s_numbers[^1] / 2.0, "x").On(
            "together", $"1 service: {one:0.0} s; {s_numbers[^1]} services: {Spread.Of(most, "s")}");
        var shop = Shapes.Both.ToDictionary(shape => shape, shape => evidence.Rounds("shop", shape, "start"));
        yield return Rules.Less(shop[Shapes.Monolith], shop[Shapes.Microservices], 1.2, "s").On(
            "monolith-starts-faster", [.. Shapes.Both.Select(shape => $"{shape}: {Spread.Of(shop[shape], "s")}")]);
    }

    private static async Task MeasureAsync(
        string @case, string shape, int round, Func<Task<IAsyncDisposable>> start, Findings findings, CancellationToken cancellation)
    {
        void Add(string metric, string unit, double value) => findings.Add(new Measurement(@case, shape, metric, unit, round, value));
        var clock = Stopwatch.StartNew();
        var system = await start();
        Add("start", "s", clock.Elapsed.TotalSeconds);
        clock.Restart();
        await system.DisposeAsync();
        Add("stop", "s", clock.Elapsed.TotalSeconds);
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (ProcessAccounts.Read().Count > 0 && clock.Elapsed < s_goneLimit)
            await poll.WaitForNextTickAsync(cancellation);
        Add("left", "processes", ProcessAccounts.Read().Count);
    }

    /// <summary>A number of services of one kind, each with a database of its own.</summary>
    private static async Task<IAsyncDisposable> StartAsync(int number, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_startLimit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ServersAppHost>(["--broker", "false"], limit.Token);
        builder.KeepQuiet();
        var postgres = builder.CreateResourceBuilder<PostgresServerResource>("postgres");
        foreach (var i in Enumerable.Range(1, number))
        {
            var database = postgres.AddDatabase($"catalogdb{i}");
            builder.AddProject($"catalog-{i}", Path.Combine(Repository.Root, "services", "Catalog", "Catalog.csproj"))
                .WithReference(database, "catalogdb").WaitFor(database).WithHttpHealthCheck("/health");
        }

        builder.SendNoTelemetry();
        var app = await builder.BuildAsync(limit.Token);
        try
        {
            await app.StartAsync(limit.Token);
            await Task.WhenAll(Enumerable.Range(1, number).Select(
                i => app.ResourceNotifications.WaitForResourceHealthyAsync($"catalog-{i}", limit.Token)));
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
