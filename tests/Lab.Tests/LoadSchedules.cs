using MsaAspire.Lab.Load;
using Xunit;

namespace Lab.Tests;

/// <summary>Arrival times that are fixed in advance.</summary>
public class LoadSchedules
{
    private static readonly Rates s_rates = new(60, 30, 10);

    [Fact]
    public void Equal_seeds_give_equal_schedules() =>
        Assert.Equal(Schedule.Create(s_rates, 7).Take(10_000), Schedule.Create(s_rates, 7).Take(10_000));

    [Fact]
    public void Different_seeds_give_different_schedules() =>
        Assert.NotEqual(Schedule.Create(s_rates, 7).Take(10), Schedule.Create(s_rates, 8).Take(10));

    [Fact]
    public void Arrivals_are_in_the_order_of_time()
    {
        var times = Schedule.Create(s_rates, 1).Take(10_000).Select(a => a.DueSeconds).ToList();
        Assert.Equal(times.Order(), times);
    }

    [Theory]
    [InlineData(Operations.Browse, 60)]
    [InlineData(Operations.Search, 30)]
    [InlineData(Operations.Order, 10)]
    public void Each_operation_has_its_rate(string operation, double rate)
    {
        const int Seconds = 1000;
        var count = Schedule.Create(s_rates, 1).TakeWhile(a => a.DueSeconds < Seconds).Count(a => a.Operation == operation);
        // Four standard deviations of a Poisson process.
        Assert.InRange(count, (rate * Seconds) - (4 * Math.Sqrt(rate * Seconds)), (rate * Seconds) + (4 * Math.Sqrt(rate * Seconds)));
    }

    [Fact]
    public void Gaps_vary_as_much_as_they_last_on_average()
    {
        var times = Schedule.Create(new(0, 0, 50), 1).Take(20_001).Select(a => a.DueSeconds).ToList();
        var gaps = times.Zip(times.Skip(1), (a, b) => b - a).ToList();
        var mean = gaps.Average();
        Assert.Equal(1, Math.Sqrt(gaps.Average(g => (g - mean) * (g - mean))) / mean, 0.05);
    }

    [Fact]
    public void Orders_arrive_at_the_same_times_whatever_else_is_asked_for() => Assert.Equal(
        Schedule.Create(new(0, 0, 10), 3).Take(100),
        Schedule.Create(new(90, 5, 10), 3).Where(a => a.Operation == Operations.Order).Take(100));

    [Fact]
    public void Equal_gaps_are_those_of_a_clock() =>
        Assert.Equal([0.1, 0.2, 0.3], Schedule.Create(new(0, 0, 10), 1, Gaps.Equal).Take(3).Select(a => Math.Round(a.DueSeconds, 9)));

    [Fact]
    public void Without_rates_nobody_arrives() => Assert.Empty(Schedule.Create(new(0, 0, 0), 1));
}
