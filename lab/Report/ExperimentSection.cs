using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

/// <summary>One experiment: hypothesis, method and results.</summary>
internal static class ExperimentSection
{
    public static Html Render(Entry entry, ShapeClasses shapes) => $"""
        <section class="experiment" aria-labelledby="{entry.Anchor}">
        <header><p class="kicker">{ReportTexts.Experiment} {entry.Number} <code>{entry.About.Id}</code></p>
        <h2 id="{entry.Anchor}">{entry.About.Title}</h2>
        {Run(entry.Result)}</header>
        <div class="text"><h3>{ReportTexts.Hypothesis}</h3>{Html.Paragraphs(entry.About.Hypothesis)}</div>
        <div class="text"><h3>{ReportTexts.Method}</h3>{Html.Paragraphs(entry.About.Method)}</div>
        <div class="text"><h3>{ReportTexts.Validity}</h3>{Validity(entry)}</div>
        {Html.If(entry.About.Claims.Count > 0, Verdicts(entry))}
        {Figures(entry, entry.Result, shapes)}
        </section>

        """;

    private static Html Run(Result? result)
    {
        if (result is null)
            return $"";
        var run = result.Run;
        return $"""
            <p class="run">{RunFacts.Time(run.StartedAt)} · {ReportTexts.Took(Numbers.Duration(result.Seconds))}
            · {ReportTexts.RoundCount(run.Rounds)} · {ReportTexts.Seed} {run.Seed} · {RunFacts.Commit(run)}
            {Html.If(run.Quick, $" · <strong>{ReportTexts.QuickTag}</strong>")}</p>
            """;
    }

    private static Html Validity(Entry entry) => entry.State switch
    {
        State.NotRun => $"""<p class="notrun"><strong>{ReportTexts.NotRun}.</strong> {ReportTexts.NotRunText}</p>""",
        State.Skipped => $"""
            <div class="note"><p><strong>{ReportTexts.Skipped}.</strong> {ReportTexts.SkippedText}</p>
            {Reasons([entry.Result!.Skipped!, .. entry.Result.Invalid])}</div>
            """,
        State.Invalid => $"""
            <div class="invalid"><p><strong>{ReportTexts.Invalid}.</strong> {ReportTexts.InvalidText}</p>
            {Reasons(entry.Result!.Invalid)}</div>
            """,
        _ => $"""<p>{ReportTexts.Valid}</p>""",
    };

    private static Html Reasons(IEnumerable<string> reasons) => $"""<ul>{reasons.Select(r => (Html)$"<li>{r}</li>")}</ul>""";

    private static Html Verdicts(Entry entry) => $"""
        <h3>{ReportTexts.Verdicts}</h3>
        {entry.About.Claims.Select((c, i) => VerdictBlock.Render(entry, c, i))}
        """;

    private static Html Figures(Entry entry, Result? result, ShapeClasses shapes)
    {
        if (result is null or { Measurements.Count: 0, Timelines.Count: 0 })
            return $"";
        return $"""
            {Html.If(entry.About.Charts.Count > 0, Plots(entry, result, shapes))}
            {Html.If(result.Measurements.Count > 0, MeasurementTable.Render(entry, result, shapes))}
            """;
    }

    private static Html Plots(Entry entry, Result result, ShapeClasses shapes) => $"""
        <h3>{ReportTexts.Plots}</h3>
        {entry.About.Charts.Select((chart, i) => Plot(entry, result, shapes, chart, $"{entry.Anchor}-plot-{i + 1}"))}
        """;

    private static Html Plot(Entry entry, Result result, ShapeClasses shapes, Chart chart, string id) => $"""
        <figure><figcaption id="{id}">{chart.Title}</figcaption>
        {(chart.Kind == ChartKind.Timeline
            ? TimelineChart.Render(chart, result.Timelines, entry.Names, shapes, id)
            : BarChart.Render(chart, result.Measurements, entry.Names, shapes, id))}
        </figure>

        """;
}
