using MsaAspire.Lab.Report;
using Xunit;

namespace Lab.Tests;

/// <summary>Where axes begin, end and are labelled.</summary>
public class ReportAxisRules
{
    [Theory]
    [InlineData(0, 100, new double[] { 0, 20, 40, 60, 80, 100 })]
    [InlineData(0, 1734, new double[] { 0, 500, 1000, 1500, 2000 })]
    [InlineData(0, 0.3, new[] { 0, 0.1, 0.2, 0.3 })]
    [InlineData(-5, 12, new double[] { -5, 0, 5, 10, 15 })]
    [InlineData(0, 0, new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })]
    public void Linear_ticks_are_round_and_enclose_the_values(double from, double to, double[] ticks) =>
        Assert.Equal(ticks, Ticks.Linear(from, to, 5));

    [Theory]
    [InlineData(0.0011, 1.9, new[] { 0.001, 0.01, 0.1, 1, 10 })]
    [InlineData(100, 1000, new double[] { 10, 100, 1000 })]
    [InlineData(3, 8, new double[] { 1, 2, 5, 10 })]
    [InlineData(1e-6, 1e6, new[] { 1e-7, 1e-4, 0.1, 100, 1e5, 1e8 })]
    public void Logarithmic_ticks_are_powers_of_ten_and_begin_below_the_least(double least, double most, double[] ticks) =>
        Assert.Equal(ticks, Ticks.Logarithmic(least, most, 5));

    [Fact]
    public void A_ratio_of_a_hundred_to_one_keeps_both_visible_on_a_logarithmic_axis()
    {
        var axis = Axis.Logarithmic([1, 100]);
        Assert.InRange(axis.Percent(1), 30, 40);
        Assert.Equal(100, axis.Percent(100));
    }

    [Fact]
    public void Zero_has_no_place_on_a_logarithmic_axis()
    {
        var axis = Axis.Logarithmic([0, 5]);
        Assert.False(axis.Shows(0));
        Assert.Equal(0, axis.Percent(0));
    }

    [Fact]
    public void Zeros_alone_make_a_linear_axis() => Assert.True(Axis.Logarithmic([0, 0]).Shows(0));
}
