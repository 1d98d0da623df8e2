using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Report;
using MsaAspire.Lab.Results;
using Xunit;
using static Lab.Tests.ReportSamples;

namespace Lab.Tests;

/// <summary>What is drawn.</summary>
public class ReportChartRules
{
    private static readonly Names s_names = new(About);

    [Theory]
    [InlineData(ChartKind.Bars)]
    [InlineData(ChartKind.LogBars)]
    public void Each_round_is_a_dot_and_each_shape_a_bar(ChartKind kind)
    {
        var chart = Bars(kind, Figure("microservices", 200), Figure("microservices", 210, 2), Figure("monolith", 2));
        Assert.Equal(3, Find(chart, "<circle").Count);
        Assert.Equal(2, Find(chart, "<rect").Count);
        Assert.Contains("row shape-microservices", chart);
    }

    [Theory]
    [InlineData(ChartKind.Bars, 0)]
    [InlineData(ChartKind.LogBars, 0)]
    [InlineData(ChartKind.Bars, -3)]
    [InlineData(ChartKind.LogBars, -3)]
    [InlineData(ChartKind.LogBars, 1)]
    [InlineData(ChartKind.Bars, 1e12)]
    public void A_single_value_of_any_size_is_drawn_within_the_axis(ChartKind kind, double value) =>
        AssertWithin(Bars(kind, Figure("monolith", value)));

    [Fact]
    public void Zero_is_marked_on_a_logarithmic_scale()
    {
        var chart = Bars(ChartKind.LogBars, Figure("monolith", 0), Figure("microservices", 10));
        Assert.Contains("<circle class=\"zero\" cx=\"0%\"", chart);
        Assert.Contains("an open dot at the edge is zero", chart);
        AssertWithin(chart);
    }

    [Fact]
    public void What_is_no_number_is_left_out() => Assert.Contains("no figures", Bars(ChartKind.Bars, Figure("monolith", double.NaN)));

    [Fact]
    public void A_shape_has_the_same_colour_everywhere()
    {
        var classes = new ShapeClasses([Result() with { Measurements = [Figure("http", 1), Figure("monolith", 1), Figure("broker", 1)] }]);
        Assert.Equal("shape-microservices", classes["microservices"]);
        Assert.Equal("shape-monolith", classes["monolith"]);
        Assert.NotEqual(classes["http"], classes["broker"]);
    }

    [Fact]
    public void A_gap_breaks_the_line()
    {
        var path = TimelinePanel.Path(Course("monolith", 1, 0, 10, null, 10), Axis.Linear([10]), 3);
        Assert.Equal("M0 110h0L333.3 0M1000 0h0", path);
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new double[] { 0 })]
    [InlineData(new double[] { 5 })]
    public void A_timeline_of_no_or_one_value_is_drawn(double[] values)
    {
        var line = Course("monolith", 1, [.. values.Select(v => (double?)v)]) with { Marks = [] };
        var chart = TimelineChart.Render(new("browse", ChartKind.Timeline, new("", "")), [line], s_names, Shapes(), "id").ToString();
        Assert.DoesNotContain("NaN", chart);
        Assert.DoesNotContain("∞", chart);
    }

    [Fact]
    public void Of_several_rounds_the_middle_one_is_drawn()
    {
        var drawn = TimelineChart.Typical([Course("monolith", 1, 10), Course("monolith", 2, 0), Course("monolith", 3, 7)]);
        Assert.Equal(3, Assert.Single(drawn).Round);
    }

    [Fact]
    public void What_happens_to_both_shapes_at_once_is_one_mark()
    {
        var one = Course("microservices", 1, new double?[100]) with { Marks = [new(20, "kill")] };
        var other = one with { Shape = "monolith" };
        Assert.Equal("both", Assert.Single(PanelMarks.Of([one, other with { Marks = [new(21, "kill")] }], s_names, Shapes())).Class);
        Assert.Equal(2, PanelMarks.Of([one, other with { Marks = [new(40, "kill")] }], s_names, Shapes()).Count);
    }

    [Fact]
    public void Labels_close_to_each_other_stand_in_rows_of_their_own()
    {
        var marks = Enumerable.Range(0, 20).Select(i => new PanelMark(20 + (i / 10.0), new("Killed", "강제 종료"), "both")).ToList();
        var rows = PanelMarks.Place(marks, 60).Select(p => p.Row).Where(r => r >= 0).ToList();
        Assert.NotEmpty(rows);
        Assert.Equal(rows.Distinct(), rows);
    }

    private static ShapeClasses Shapes() => new([Result()]);

    private static string Bars(ChartKind kind, params Measurement[] figures) =>
        BarChart.Render(new("latency", kind, new("Title", "제목")), figures, s_names, Shapes(), "id").ToString();

    private static void AssertWithin(string chart) =>
        Assert.All(Find(chart, "=\"([^\"%]+)%\""), m => Assert.InRange(double.Parse(m.Groups[1].Value), 0, 100));
}
