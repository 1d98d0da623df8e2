using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

/// <summary>Every figure of every round.</summary>
internal static class RawValues
{
    public static Html Render(Entry entry, Result result)
    {
        var rounds = result.Measurements.Select(m => m.Round).Distinct().Order().ToList();
        var sampled = result.Measurements.Any(m => m.Samples is not null);
        Html samples = $"""<th scope="col" class="number">{ReportTexts.Samples}</th>""";
        return $"""
            <details><summary id="{entry.Anchor}-raw">{ReportTexts.Raw(result.Measurements.Count)}</summary>
            <div class="scroll" tabindex="0" role="region" aria-labelledby="{entry.Anchor}-raw">
            <table class="raw"><thead><tr><th scope="col">{ReportTexts.Case}</th><th scope="col">{ReportTexts.Metric}</th>
            <th scope="col">{ReportTexts.Shape}</th><th scope="col">{ReportTexts.Unit}</th>
            {rounds.Select(r => (Html)$"""<th scope="col" class="number">{ReportTexts.Round(r)}</th>""")}
            {Html.If(sampled, samples)}</tr></thead>
            <tbody>
            {result.Measurements.GroupBy(m => (m.Case, m.Metric, m.Shape, m.Unit)).Select(g => Row(entry, [.. g], rounds, sampled))}</tbody>
            </table></div></details>
            """;
    }

    private static Html Row(Entry entry, List<Measurement> group, List<int> rounds, bool sampled)
    {
        var (first, names) = (group[0], entry.Names);
        Html samples = $"""<td class="number">{Numbers.Format(group.Sum(m => m.Samples?.Count ?? 0))}</td>""";
        return $"""
            <tr><th scope="row">{names[first.Case]}</th><td>{names[first.Metric]}</td>
            <td>{names[first.Shape]}</td><td>{Units.Of(first.Unit)}</td>
            {rounds.Select(r => Cell(group.Where(m => m.Round == r)))}{Html.If(sampled, samples)}</tr>

            """;
    }

    private static Html Cell(IEnumerable<Measurement> figures)
    {
        var texts = figures.Select(f => Numbers.Format(f.Value)).ToList();
        return $"""<td class="number">{(texts.Count == 0 ? "–" : string.Join("; ", texts))}</td>""";
    }
}
