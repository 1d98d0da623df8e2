using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

/// <summary>The figures, case by metric and shape by shape, and every round of them.</summary>
internal static class MeasurementTable
{
    public static Html Render(Entry entry, Result result, ShapeClasses shapes)
    {
        var columns = result.Measurements.Select(m => m.Shape).Distinct().ToList();
        var cases = result.Measurements.GroupBy(m => m.Case).ToList();
        // Many cases make a table of many screens, which few read to the end.
        Html open = $" open";
        return $"""
            <h3 id="{entry.Anchor}-measurements">{ReportTexts.Measurements}</h3>
            <details{Html.If(cases.Count == 1, open)}><summary>{ReportTexts.Cells}</summary>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="{entry.Anchor}-measurements">
            <table class="measurements">
            <thead><tr><th scope="col">{ReportTexts.Metric}</th>
            {columns.Select(s => Head(entry.Names[s], shapes[s]))}</tr></thead>
            {cases.Select(c => Body(entry, c, columns, cases.Count > 1))}
            </table></div></details>
            {RawValues.Render(entry, result)}
            """;
    }

    private static Html Head(Words shape, string colour) =>
        $"""<th scope="col" class="number {colour}"><span class="key"></span>{shape}</th>""";

    private static Html Body(Entry entry, IGrouping<string, Measurement> @case, List<string> columns, bool several)
    {
        Html head = $"""<tr><th scope="rowgroup" colspan="{columns.Count + 1}">{entry.Names[@case.Key]}</th></tr>""";
        return $"""<tbody>{Html.If(several, head)}{@case.GroupBy(m => m.Metric).Select(m => Row(entry, m, columns))}</tbody>""";
    }

    private static Html Row(Entry entry, IGrouping<string, Measurement> metric, List<string> columns) => $"""
        <tr><th scope="row">{entry.Names[metric.Key]}</th>{columns.Select(s => Cell(entry, [.. metric.Where(m => m.Shape == s)]))}</tr>

        """;

    private static Html Cell(Entry entry, List<Measurement> rounds)
    {
        if (MedianAndRange.Of(rounds.Select(r => r.Value)) is not { } spread)
            return $"""<td class="number">–</td>""";
        var median = Numbers.Format(spread.Median, Units.Of(rounds[0].Unit));
        var (min, max) = (Numbers.Format(spread.Min), Numbers.Format(spread.Max));
        return $"""<td class="number">{median}{Html.If(spread.Count > 1, $"<small>{min} – {max}</small>")}</td>""";
    }
}
