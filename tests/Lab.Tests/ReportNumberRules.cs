using MsaAspire.Lab;
using MsaAspire.Lab.Report;
using Xunit;

namespace Lab.Tests;

/// <summary>How numbers are written.</summary>
public class ReportNumberRules
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(12, "12")]
    [InlineData(1234567, "1,234,567")]
    [InlineData(1234.5, "1,234")]
    [InlineData(100.4, "100")]
    [InlineData(99.96, "100")]
    [InlineData(12.345, "12.3")]
    [InlineData(12.04, "12.0")]
    [InlineData(9.996, "10.0")]
    [InlineData(1.2, "1.20")]
    [InlineData(0.0123456, "0.0123")]
    [InlineData(0.00001234, "1.23e−5")]
    [InlineData(-6.1, "−6.10")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.PositiveInfinity, "–")]
    public void Three_digits_count_and_the_whole_part_is_kept(double value, string text) => Assert.Equal(text, Numbers.Format(value));

    [Theory]
    [InlineData(190.2, "x", "190×")]
    [InlineData(0.0432, "p", "p\u00a0=\u00a00.043")]
    [InlineData(0.00001, "p", "p\u00a0<\u00a00.001")]
    [InlineData(12.4, "%", "12.4%")]
    [InlineData(120, "/s", "120/s")]
    [InlineData(3, "requests", "3\u00a0requests")]
    [InlineData(3, "건", "3건")]
    [InlineData(3, "", "3")]
    public void Units_stand_where_they_are_usual(double value, string unit, string text) => Assert.Equal(text, Numbers.Format(value, unit));

    [Theory]
    [InlineData(0.24, "0.2 s", "0.2초")]
    [InlineData(45, "45 s", "45초")]
    [InlineData(125, "2 min 5 s", "2분 5초")]
    [InlineData(7260, "2 h 1 min", "2시간 1분")]
    public void Durations_have_two_units_at_most(double seconds, string english, string korean) =>
        Assert.Equal(new Words(english, korean), Numbers.Duration(seconds));

    [Fact]
    public void The_median_of_an_even_count_lies_between_the_middle_two() =>
        Assert.Equal(new(2.5, 1, 9, 4), MedianAndRange.Of([9, 1, 2, 3, double.NaN]));

    [Fact]
    public void Nothing_has_no_spread() => Assert.Null(MedianAndRange.Of([double.NaN]));
}
