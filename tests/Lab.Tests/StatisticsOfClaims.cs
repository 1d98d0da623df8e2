using MsaAspire.Lab.Results;
using MsaAspire.Lab.Statistics;
using Xunit;

namespace Lab.Tests;

/// <summary>The rules that verdicts follow.</summary>
public class StatisticsOfClaims
{
    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 10, 11, 12 }, Outcome.Holds)]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 10, 2.5, 12 }, Outcome.Depends)]
    [InlineData(new double[] { 10, 10, 10 }, new double[] { 11, 12, 30 }, Outcome.Depends)]
    [InlineData(new double[] { 10, 10, 10 }, new double[] { 11, 12, 13 }, Outcome.DoesNotHold)]
    [InlineData(new double[] { 10, 11, 12 }, new double[] { 11, 10, 12 }, Outcome.DoesNotHold)]
    [InlineData(new double[] { 10, 11, 12 }, new double[] { 1, 2, 3 }, Outcome.DoesNotHold)]
    [InlineData(new double[] { 0, 0, 0 }, new double[] { 5, 6, 7 }, Outcome.Holds)]
    [InlineData(new double[] { 0, 0, 0 }, new double[] { 0, 6, 7 }, Outcome.Depends)]
    [InlineData(new double[] { 0, 0, 0 }, new double[] { 0, 0, 0 }, Outcome.DoesNotHold)]
    public void Less_by_a_factor_of_two(double[] a, double[] b, Outcome expected) =>
        Assert.Equal(expected, Rules.Less(a, b, 2, "ms").Outcome);

    [Fact]
    public void The_effect_is_a_ratio_or_without_one_a_difference()
    {
        Assert.Equal(new(Outcome.Holds, 5.5, "x"), Rules.Less([1, 2, 3], [10, 11, 12], 2, "ms"));
        Assert.Equal(new(Outcome.Holds, 6, "requests"), Rules.Less([0, 0, 0], [5, 6, 7], 2, "requests"));
    }

    [Fact]
    public void Each_round_needs_both_values() => Assert.Throws<ArgumentException>(() => Rules.Less([1], [1, 2], 2, "ms"));

    [Fact]
    public void None_at_least_and_at_most_look_at_every_round()
    {
        Assert.Equal(new(Outcome.Holds, 0, "orders"), Rules.None([0, 0], "orders"));
        Assert.Equal(new(Outcome.Depends, 3, "orders"), Rules.None([0, 3], "orders"));
        Assert.Equal(new(Outcome.DoesNotHold, 3, "orders"), Rules.None([1, 3], "orders"));
        Assert.Equal(new(Outcome.Holds, 99.5, "%"), Rules.AtLeast([99, 99.5, 100], 99, "%"));
        Assert.Equal(new(Outcome.Depends, 0.5, "p"), Rules.AtMost([0.001, 0.5, 0.7], 0.01, "p"));
        Assert.Equal(new(Outcome.DoesNotHold, 0.6, "p"), Rules.AtMost([0.5, 0.7], 0.01, "p") with { Effect = 0.6 });
    }

    [Theory]
    [InlineData(new[] { Outcome.Holds, Outcome.Holds }, Outcome.Holds)]
    [InlineData(new[] { Outcome.DoesNotHold, Outcome.DoesNotHold }, Outcome.DoesNotHold)]
    [InlineData(new[] { Outcome.Holds, Outcome.DoesNotHold }, Outcome.Depends)]
    [InlineData(new[] { Outcome.Depends, Outcome.Depends }, Outcome.Depends)]
    [InlineData(new[] { Outcome.Holds, Outcome.NoConclusion }, Outcome.NoConclusion)]
    [InlineData(new Outcome[0], Outcome.NoConclusion)]
    public void Several_outcomes_are_one(Outcome[] outcomes, Outcome expected) => Assert.Equal(expected, Rules.All(outcomes));

    [Fact]
    public void A_judgement_becomes_a_verdict()
    {
        var verdict = Rules.Less([1], [3], 2, "ms").On("faster", "a", "b");
        Assert.Equal(("faster", Outcome.Holds, 3.0, "x"), (verdict.Claim, verdict.Outcome, verdict.Effect, verdict.EffectUnit));
        Assert.Equal(["a", "b"], verdict.Evidence);
    }
}
