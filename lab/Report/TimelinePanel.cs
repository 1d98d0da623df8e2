using System.Text;
using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

/// <summary>One case and series: a line for each shape.</summary>
/// <remarks>Lines are drawn on a width of 1,000 and stretched; all else is in percent and pixels.</remarks>
internal sealed class TimelinePanel(string id, List<Timeline> lines, Names names, ShapeClasses shapes)
{
    private const int Height = 110, RowHeight = 15, Width = 1000;

    private readonly List<PanelMark> _marks = PanelMarks.Of(lines, names, shapes);

    public string Id => id;

    public string Case => lines[0].Case;

    public string Series => lines[0].Series;

    public double Seconds { get; } =
        lines.Max(l => l.Marks.Select(m => m.AtSeconds).Append((l.Values.Count - 1) * l.StepSeconds).Max());

    public int MarkRows(double seconds) => PanelMarks.Place(_marks, seconds).Select(m => m.Row + 1).DefaultIfEmpty().Max();

    public Html Render(string chart, Axis axis, double seconds, int rows)
    {
        var top = (rows * RowHeight) + 8;
        var times = Axis.Linear([seconds], 4).Ticks.Where(t => t <= seconds).ToList();
        return $"""
            <div class="panel"><p class="series" id="{id}">{names[Series]} <span>{Units.Of(lines[0].Unit)}</span></p>
            <div class="chart" role="img" aria-labelledby="{chart} {id}" aria-describedby="{id}-text">
            <svg class="timeline" height="{top + Height + 22}">
            {axis.Ticks.Select(t => Level(t, top + Y(axis, t)))}
            {times.Select(t => Moment(t, seconds, top))}
            {PanelMarks.Place(_marks, seconds).Select(m => Mark(m, top))}
            <svg class="lines" y="{top}" width="100%" height="{Height}" viewBox="0 0 {Width} {Height}" preserveAspectRatio="none">
            {lines.Select(l => (Html)$"""<path class="line {shapes[l.Shape]}" d="{Path(l, axis, seconds)}"/>""")}</svg>
            </svg></div>
            <p class="unseen" id="{id}-text">{lines.Select(l => (Html)$"{InWords(l)} ")}
            {_marks.Select(m => (Html)$"{m.InWords} ")}</p></div>

            """;
    }

    /// <summary>Where nothing was measured the line breaks; a value alone becomes a dot.</summary>
    internal static string Path(Timeline line, Axis axis, double seconds)
    {
        var path = new StringBuilder();
        var drawing = false;
        for (var i = 0; i < line.Values.Count; i++)
        {
            var shown = line.Values[i] is { } value && double.IsFinite(value);
            if (shown)
            {
                var x = seconds > 0 ? Width * i * line.StepSeconds / seconds : 0;
                path.Append($"{(drawing ? 'L' : 'M')}{x:0.#} {Y(axis, line.Values[i]!.Value):0.#}{(drawing ? "" : "h0")}");
            }

            drawing = shown;
        }

        return path.ToString();
    }

    private static double Y(Axis axis, double value) => Height * (1 - (axis.Percent(value) / 100));

    private static Html Level(double value, double y) =>
        $"""<line class="grid" x1="0" x2="100%" y1="{y}" y2="{y}"/><text class="level" x="-6" y="{y + 4}">{Numbers.Tick(value)}</text>""";

    private static Html Moment(double time, double seconds, int top)
    {
        var x = seconds > 0 ? 100 * time / seconds : 0;
        return $"""
            <line class="tick" x1="{x}%" x2="{x}%" y1="{top + Height}" y2="{top + Height + 4}"/>
            <text class="time" x="{x}%" y="{top + Height + 17}">{Html.InSvg(ReportTexts.Seconds(Numbers.Tick(time)))}</text>
            """;
    }

    private static Html Mark(PlacedMark mark, int top)
    {
        var (x, y) = (mark.Percent, top - 8 - (mark.Row * RowHeight));
        var (side, shift) = mark.Leftwards ? ("before", -4) : ("after", 4);
        Html label = $"""<text class="mark {side}" x="{x}%" dx="{shift}" y="{y}">{Html.InSvg(mark.Mark.Name)}</text>""";
        return $"""
            <g class="{mark.Mark.Class}">
            <line class="mark" x1="{x}%" x2="{x}%" y1="{(mark.Row < 0 ? top : y - 9)}" y2="{top + Height}"/>
            {Html.If(mark.Row >= 0, label)}</g>
            """;
    }

    private Words InWords(Timeline line)
    {
        var name = names[line.Shape];
        return MedianAndRange.Of(line.Values.OfType<double>()) is { } s
            ? ReportTexts.Line(name, Numbers.Format(s.Min), Numbers.Format(s.Median), Numbers.Format(s.Max))
            : new($"{name.En}: {ReportTexts.NoValues.En}.", $"{name.Ko}: {ReportTexts.NoValues.Ko}.");
    }
}
