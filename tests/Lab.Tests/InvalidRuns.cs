using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Load;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using MsaAspire.Testing;
using Xunit;

namespace Lab.Tests;

/// <summary>What goes wrong with measuring, against the real shop: the result says so, and no verdict rests on it.</summary>
[Collection("shops")] // one after the other: what measures has the machine to itself
public sealed class InvalidRuns : IDisposable
{
    private static readonly Plan s_plan = new(1, 1, Quick: true, Context: null, _ => { });

    private readonly string _folder = Directory.CreateTempSubdirectory("lab-tests-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [LongFact]
    public Task Microservices_that_do_not_come_up_are_told_at_once_with_the_reason_and_the_last_lines_of_their_log() => DoesNotComeUpAsync(Shapes.Microservices, "payment");

    [LongFact]
    public Task A_monolith_that_does_not_come_up_is_told_at_once_with_the_reason_and_the_last_lines_of_its_log() => DoesNotComeUpAsync(Shapes.Monolith, "monolith");

    private async Task DoesNotComeUpAsync(string shape, string broken)
    {
        var experiment = new RunnerExperiment("one", async (_, _, cancellation) =>
        {
            await using var system = await ShopSystem.StartAsync(new(shape)
            {
                Change = builder => builder.CreateResourceBuilder(builder.Resources.OfType<ProjectResource>().Single(r => r.Name == broken))
                    .WithEnvironment("DOTNET_STARTUP_HOOKS", "perhaps"),
            }, cancellation);
        });
        var result = await new Runner(_folder, TimeSpan.FromMinutes(3)).RunAsync(experiment, s_plan, Info(), Cancellation);

        var reason = Assert.Single(result.Invalid);
        Assert.StartsWith($"The shop ({shape}) did not start", reason, StringComparison.Ordinal);
        Assert.Contains(broken, reason, StringComparison.Ordinal);
        Assert.Contains("'perhaps'", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("minutes", reason, StringComparison.Ordinal);
        Assert.All(result.Verdicts, verdict => Assert.Equal(Outcome.NoConclusion, verdict.Outcome));
    }

    [LongFact]
    public async Task A_fault_that_does_not_take_effect_makes_the_result_invalid()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The load generator sleeps by a call that only Linux has.");
        // Its services have no hooks, so nothing that they are told happens.
        await using var system = await ShopSystem.StartAsync(new(Shapes.Microservices), Cancellation);
        await using var load = await ShopLoad.ConnectAsync(system.Gateway, await system.BrokerAsync(Cancellation), 1, Cancellation);
        await using var supervisor = new Supervisor(system, "payment", Cancellation);
        foreach (var fault in Fault.All.Where(f => f is not DatabaseGone))
        {
            var findings = new Findings();
            await FaultIsolation.MeasureAsync(new(system, supervisor, "payment", fault, Round: 1), load, s_plan, findings, Cancellation);
            Assert.Contains(findings.Reasons, r =>
                r.Contains($"{fault.Key}, round 1: the fault did not take effect: its process did not", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_generator_that_fell_behind_makes_the_result_invalid()
    {
        var lags = Enumerable.Repeat(500.0, 100).ToList();
        var orders = new OrderCounts(0, new Dictionary<string, int>(), 0, 0, 0, 0);
        var findings = new Findings();
        new Trial(new(3, new Dictionary<string, IReadOnlyList<Request>>(), orders, lags), 1, 2).Check(findings, "monolith, round 1");
        Assert.StartsWith("monolith, round 1: The load generator fell behind", Assert.Single(findings.Reasons), StringComparison.Ordinal);
    }

    private static RunInfo Info() => new(Machines.This(), "unknown", Modified: false, 1, 1, Quick: true, DateTimeOffset.UtcNow);
}
