using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

/// <summary>A bar to the median of each case and shape, and a dot for each round.</summary>
/// <remarks>
/// Written by hand because the SVG of a plotting library (ScottPlot) has fixed colours and fonts, follows neither theme nor language,
/// and needs native libraries and fonts that a bare machine lacks. Places are in percent of the width and labels are HTML, so text
/// keeps its size on every screen.
/// </remarks>
internal static class BarChart
{
    private const int Height = 20, Bar = 12;

    public static Html Render(Chart chart, IReadOnlyList<Measurement> measurements, Names names, ShapeClasses shapes, string id)
    {
        var shown = measurements.Where(m => m.Metric == chart.Key && double.IsFinite(m.Value)).ToList();
        if (shown.Count == 0)
            return $"""<p class="hint">{ReportTexts.NoFigures}</p>""";
        var values = shown.ConvertAll(m => m.Value);
        var axis = chart.Kind == ChartKind.LogBars ? Axis.Logarithmic(values) : Axis.Linear(values);
        var cases = shown.GroupBy(m => m.Case).ToList();
        var plain = cases.Count == 1 || shown.TrueForAll(m => m.Shape == shown[0].Shape);
        return $"""
            <div class="chart bars" role="img" aria-labelledby="{id}" aria-describedby="{id}-note">
            <div class="plot">{Grid(axis)}
            {cases.Select(c => Group(c, plain, cases.Count > 1, axis, names, shapes))}</div>
            <svg class="axis" height="18">{axis.Ticks.Select(t => Label(t, axis.Percent(t)))}</svg>
            <p class="unit">{Units.Of(shown[0].Unit)}{Scale(chart.Kind, values)}</p></div>
            <p class="hint" id="{id}-note">{ReportTexts.BarsNote} <span class="unseen">{ReportTexts.InTable}</span></p>
            """;
    }

    private static Html Scale(ChartKind kind, List<double> values)
    {
        if (kind != ChartKind.LogBars || !values.Exists(v => v > 0))
            return $"";
        return $", {ReportTexts.LogScale}{Html.If(values.Exists(v => v <= 0), $"; {ReportTexts.ZeroNote}")}";
    }

    private static Html Grid(Axis axis) => $"""
        <svg class="grid">{axis.Ticks.Select(t => Line(axis.Percent(t)))}</svg>
        """;

    private static Html Line(double x) => $"""<line x1="{x}%" x2="{x}%" y1="0" y2="100%"/>""";

    private static Html Label(double tick, double x) => $"""<text x="{x}%" y="13">{Numbers.Tick(tick)}</text>""";

    private static Html Group(IGrouping<string, Measurement> @case, bool plain, bool several, Axis axis, Names names, ShapeClasses shapes)
    {
        Html head = $"""<p class="case"><span>{names[@case.Key]}</span></p>""";
        var rows = @case.GroupBy(m => m.Shape).Select(s => Row([.. s], names[plain && several ? @case.Key : s.Key]));
        return $"{Html.If(!plain, head)}{rows}";

        Html Row(List<Measurement> rounds, Words label)
        {
            var median = MedianAndRange.Of(rounds.Select(r => r.Value))!.Median;
            return $"""
                <div class="row {shapes[rounds[0].Shape]}">
                <p class="label"><span>{label} <b>{Numbers.Format(median, Units.Of(rounds[0].Unit))}</b></span></p>
                <svg class="bar" height="{Height}">{BarTo(median, axis)}{rounds.Select((r, i) => Dot(r.Value, i, axis))}</svg></div>

                """;
        }
    }

    private static Html BarTo(double median, Axis axis)
    {
        if (!axis.Shows(median))
            return $"";
        var (zero, end) = (axis.Percent(0), axis.Percent(median));
        const double Top = (Height - Bar) / 2.0;
        return $"""
            <rect x="{Math.Min(zero, end)}%" y="{Top}" width="{Math.Abs(end - zero)}%" height="{Bar}"/>
            <line x1="{end}%" x2="{end}%" y1="{Top}" y2="{Top + Bar}"/>
            """;
    }

    // Dots of equal rounds would overlap.
    private static Html Dot(double value, int index, Axis axis)
    {
        var y = (Height / 2) + ((((index + 1) % 3) - 1) * 3);
        return $"""<circle class="{(axis.Shows(value) ? "round" : "zero")}" cx="{axis.Percent(value)}%" cy="{y}" r="4"/>""";
    }
}
