using MsaAspire.Lab.Load;
using Xunit;

namespace Lab.Tests;

/// <summary>What a report makes of the records of a run.</summary>
public class LoadReports
{
    private static readonly OrderCounts s_none = new(0, new Dictionary<string, int>(), 0, 0, 0, 0);

    [Fact]
    public void A_window_holds_what_was_due_in_it_failures_too()
    {
        var window = Report(new(0.9, 5, true), new(1, 10, true), new(1.5, 5000, false, "timeout"), new(1.9, 30, true), new(2, 1, true))
            .Window(Operations.Browse, 1, 2);
        Assert.Equal((3, 2), (window.Count, window.Ok));
        Assert.Equal(66.67, window.Availability!.Value, 0.01);
        Assert.Equal((30, 5000), (window.P50, window.Max));
    }

    [Fact]
    public void An_empty_window_has_no_figures() =>
        Assert.Equal(new(0, 0, null, null, null, null), Report().Window(Operations.Browse));

    [Fact]
    public void A_timeline_has_gaps_where_nothing_was_due() => Assert.Equal(
        [100.0, null, 50.0],
        Report(new(0.2, 1, true), new(2.5, 1, true), new(2.1, 1, false, "503")).Timeline(Operations.Browse, 1).Select(w => w.Availability));

    [Fact]
    public void Failures_are_counted_by_their_reasons()
    {
        var report = Report(new(0, 1, false, "503"), new(1, 1, false, "503"), new(2, 1, false, "timeout"), new(2, 1, true));
        Assert.Equal([("503", 2), ("timeout", 1)], report.Failures(Operations.Browse).OrderBy(f => f.Key).Select(f => (f.Key, f.Value)));
    }

    [Fact]
    public void A_generator_that_sends_one_in_twenty_late_is_behind() =>
        Assert.Contains(
            "fell behind its own schedule", OfLags([.. Enumerable.Range(0, 1000).Select(i => i % 20 == 0 ? 130.0 : 0.1)]).Behind);

    [Fact]
    public void A_generator_that_sends_one_in_a_thousand_late_is_not() =>
        Assert.Null(OfLags([.. Enumerable.Range(0, 1000).Select(i => i == 500 ? 300.0 : 0.1)]).Behind);

    private static LoadReport Report(params List<Request> requests) => Report(requests, []);

    private static LoadReport OfLags(List<double> lags) => Report([], lags);

    private static LoadReport Report(List<Request> requests, List<double> lags) =>
        new(3, new Dictionary<string, IReadOnlyList<Request>> { [Operations.Browse] = requests }, s_none, lags);
}
