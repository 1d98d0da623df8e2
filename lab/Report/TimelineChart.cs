using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

/// <summary>Timelines as small multiples: a row for each case, in it a panel for each series, in it a line for each shape.</summary>
internal static class TimelineChart
{
    public static Html Render(Chart chart, IReadOnlyList<Timeline> timelines, Names names, ShapeClasses shapes, string id)
    {
        var chosen = timelines.Where(t => chart.Key is "*" || t.Series == chart.Key).ToList();
        var lines = chosen.GroupBy(t => (t.Case, t.Shape)).SelectMany(Typical).ToList();
        if (lines.Count == 0)
            return $"""<p class="hint">{ReportTexts.NoFigures}</p>""";
        var panels = lines.GroupBy(l => (l.Case, l.Series))
            .Select((g, i) => new TimelinePanel($"{id}-{i + 1}", [.. g], names, shapes)).ToList();
        var seconds = panels.Max(p => p.Seconds);
        var rows = panels.Max(p => p.MarkRows(seconds));
        var scales = lines.GroupBy(l => l.Series).ToDictionary(g => g.Key, g => Axis.Linear(g.SelectMany(Values), 3));
        var cases = panels.GroupBy(p => p.Case).ToList();
        return $"""
            <ul class="legend">{lines.Select(l => l.Shape).Distinct().Select(s => Key(s, names, shapes))}</ul>
            {cases.Select(c => Case(c, cases.Count > 1))}
            <p class="hint">{(chosen.Exists(t => t.Round != chosen[0].Round) ? ReportTexts.TypicalRound : null)}</p>
            """;

        Html Case(IGrouping<string, TimelinePanel> group, bool several)
        {
            Html head = $"""<p class="case" id="{group.First().Id}-case">{names[group.Key]}</p>""";
            return $"""
                {Html.If(several, head)}<div class="panels">{group.Select(p => p.Render(id, scales[p.Series], seconds, rows))}</div>
                """;
        }
    }

    /// <summary>All series of the round whose mean is in the middle.</summary>
    internal static IEnumerable<Timeline> Typical(IEnumerable<Timeline> timelines)
    {
        var rounds = timelines.GroupBy(t => t.Round).OrderBy(r => r.SelectMany(Values).DefaultIfEmpty().Average()).ToList();
        return rounds[(rounds.Count - 1) / 2];
    }

    private static IEnumerable<double> Values(Timeline timeline) => timeline.Values.OfType<double>().Where(double.IsFinite);

    private static Html Key(string shape, Names names, ShapeClasses shapes) => $"""
        <li class="{shapes[shape]}"><svg width="28" height="10" aria-hidden="true"><path class="line" d="M1 5h26"/></svg>{names[shape]}</li>
        """;
}
