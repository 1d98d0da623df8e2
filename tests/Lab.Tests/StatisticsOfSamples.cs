using MsaAspire.Lab.Statistics;
using Xunit;

namespace Lab.Tests;

/// <summary>Statistics against values that are known.</summary>
public class StatisticsOfSamples
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 1.75)]
    [InlineData(0.5, 2.5)]
    [InlineData(0.9, 3.7)]
    [InlineData(1, 4)]
    public void Quantiles_lie_between_values(double quantile, double expected) =>
        Assert.Equal(expected, Quantiles.Of([4, 2, 1, 3], quantile), 12);

    [Fact]
    public void Nothing_has_no_median() => Assert.Throws<ArgumentException>(() => Quantiles.Median([]));

    // W. G. Cochran's and everyone's table of critical values: NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4.
    [Theory]
    [InlineData(3.841, 1, 0.05)]
    [InlineData(6.635, 1, 0.01)]
    [InlineData(5.991, 2, 0.05)]
    [InlineData(7.815, 3, 0.05)]
    [InlineData(18.307, 10, 0.05)]
    [InlineData(23.209, 10, 0.01)]
    [InlineData(43.773, 30, 0.05)]
    [InlineData(4.865, 10, 0.90)]
    [InlineData(124.342, 100, 0.05)]
    public void Chi_square_tails_are_those_of_the_table(double x, int degreesOfFreedom, double expected) =>
        Assert.Equal(expected, ChiSquare.UpperTail(x, degreesOfFreedom), 0.0001);

    [Fact]
    public void With_two_degrees_of_freedom_the_tail_is_an_exponential()
    {
        for (var x = 0.0; x < 100; x += 0.5)
            Assert.Equal(1, ChiSquare.UpperTail(x, 2) / Math.Exp(-x / 2), 1e-12);
    }

    [Fact]
    public void A_fair_die_is_uniform_and_a_loaded_one_is_not()
    {
        var fair = ChiSquare.Uniform([5, 8, 9, 8, 10, 20]);
        Assert.Equal((13.4, 5), (Math.Round(fair.Statistic, 9), fair.DegreesOfFreedom));
        Assert.Equal(0.0199, fair.PValue, 0.0001);
        Assert.Equal(1, ChiSquare.Uniform([10, 10, 10]).PValue, 12);
        Assert.True(ChiSquare.Uniform([0, 300]).PValue < 1e-10);
    }

    [Fact]
    public void Too_few_counts_cannot_be_tested() => Assert.Throws<ArgumentException>(() => ChiSquare.Uniform([0, 0]));

    [Fact]
    public void The_bootstrap_holds_the_ratio_and_is_the_same_for_a_seed()
    {
        double[] a = [10, 11, 12, 10.5, 11.5], b = [20, 23, 21, 25, 22];
        var interval = Bootstrap.RatioOfMedians(a, b, seed: 1)!;
        Assert.InRange(2, interval.Low, interval.High);
        Assert.InRange(interval.Low, 20 / 12.0, 2);
        Assert.InRange(interval.High, 2, 25 / 10.0);
        Assert.Equal(interval, Bootstrap.RatioOfMedians(a, b, seed: 1));
    }

    [Fact]
    public void A_ratio_to_nothing_has_no_interval() => Assert.Null(Bootstrap.RatioOfMedians([0, 0, 1], [1, 2, 3], seed: 1));

    [Fact]
    public void A_spread_is_one_line()
    {
        Assert.Equal("median 12.3 (11.9–13.0) ms", Spread.Of([12.3, 13, 11.9], "ms"));
        Assert.Equal("median 0 (0–17) requests", Spread.Of([0, 17, 0], "requests"));
        Assert.Equal("median 0.012 (0.001–0.500) s", Spread.Of([0.012, 0.001, 0.5], "s"));
        Assert.Equal("1235 ms", Spread.Of([1234.56], "ms"));
    }
}
