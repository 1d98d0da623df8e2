using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Experiments.Kubernetes;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using Xunit;

namespace Lab.Tests;

/// <summary>What the experiment concludes from given figures.</summary>
public sealed class KubernetesVerdicts
{
    private static readonly Experiment s_experiment = new KubernetesExperiment();

    [Fact]
    public void Figures_as_hoped_for_hold_every_claim()
    {
        var verdicts = s_experiment.Judge(new([.. Round(1), .. Round(2)])).ToList();
        Assert.Equal(s_experiment.About.Claims.Select(c => c.Id), verdicts.Select(v => v.Claim));
        Assert.All(verdicts, verdict => Assert.Equal(Outcome.Holds, verdict.Outcome));
        Assert.All(verdicts, verdict => Assert.NotEmpty(verdict.Evidence));
    }

    [Theory]
    [InlineData("start", "ready", 121, "one-command")]
    [InlineData("heal", "healed", 61, "heals")]
    [InlineData("heal", "lost", 1, "nobody-notices-a-pod")]
    [InlineData("rolling-update", "lost", 1, "no-downtime")]
    [InlineData("rollback", "lost", 1, "bad-version-stopped")]
    [InlineData("rollback", "undone", 50, "undo-is-quick")]
    [InlineData("balance", "p", 0.001, "even-spread")]
    [InlineData("delete", "claims-lost", 1, "data-stays")]
    public void One_figure_decides_its_claim_and_no_other(string @case, string metric, double value, string claim)
    {
        var bad = Round(1).Select(m => m.Case == @case && m.Metric == metric ? m with { Value = value } : m).ToList();
        Assert.Equal([claim], Failed(bad, Outcome.DoesNotHold));
        Assert.Equal([claim], Failed([.. bad, .. Round(2)], Outcome.Depends));

        static IEnumerable<string> Failed(List<Measurement> measurements, Outcome expected) =>
            s_experiment.Judge(new(measurements)).Where(v => v.Outcome != Outcome.Holds).Select(v =>
            {
                Assert.Equal(expected, v.Outcome);
                return v.Claim;
            });
    }

    [Fact]
    public void It_is_run_only_when_it_is_asked_for_and_has_words_for_all_that_it_draws()
    {
        Assert.False(s_experiment.InAll);
        var names = s_experiment.About.Names;
        Assert.All(Round(1), m => Assert.True(names.ContainsKey(m.Metric) && names.ContainsKey(m.Case), $"{m.Case} {m.Metric}"));
    }

    private static List<Measurement> Round(int round)
    {
        return
        [
            Of("start", "ready", 40), Of("heal", "healed", 9), Of("heal", "lost", 0), Of("heal", "sent", 300), Of("rolling-update", "updated", 40),
            Of("rolling-update", "lost", 0), Of("rolling-update", "sent", 900), Of("rollback", "undone", 2), Of("rollback", "lost", 0),
            Of("rollback", "sent", 400), Of("rollback", "least-ready", 2), Of("balance", "p", 0.4), Of("balance", "busiest", 52),
            Of("delete", "claims-lost", 0),
        ];

        Measurement Of(string @case, string metric, double value) => new(@case, Shapes.Microservices, metric, "", round, value);
    }
}
