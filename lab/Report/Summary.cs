using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

/// <summary>All claims with their verdicts.</summary>
internal static class Summary
{
    public static Html Render(List<Entry> entries) => $"""
        <section aria-labelledby="summary">
        <h2 id="summary">{ReportTexts.Summary}</h2>
        <ul class="counts">{Enum.GetValues<Outcome>().Select(o => Count(o, entries))}</ul>
        <table class="summary">
        <thead><tr><th scope="col">{ReportTexts.Verdict}</th><th scope="col">{ReportTexts.Claim}</th>
        <th scope="col" class="number">{ReportTexts.Effect}</th></tr></thead>
        <tbody>
        {entries.SelectMany(e => e.About.Claims.Select((c, i) => Row(e, c, i)))}</tbody>
        </table>
        </section>
        """;

    private static Html Count(Outcome outcome, List<Entry> entries)
    {
        var count = entries.Sum(e => e.About.Claims.Count(c => e.OutcomeOf(c) == outcome));
        return $"""<li><span class="count">{count}</span> {OutcomeLabel.Render(outcome)}</li>""";
    }

    private static Html Row(Entry entry, Claim claim, int index)
    {
        var state = ReportTexts.Of(entry.State);
        return $"""
            <tr><td>{OutcomeLabel.Render(entry.OutcomeOf(claim))}{Html.If(state is not null, $"<small>{state}</small>")}
            {Html.If(entry.Contradicts(claim), $"""<small class="against">{ReportTexts.ContradictionTag}</small>""")}
            {Html.If(entry.Result?.Run.Quick == true, $"<small>{ReportTexts.QuickTag}</small>")}</td>
            <th scope="row"><a href="#{VerdictBlock.Anchor(entry, index)}">{claim.Text}</a>
            <small><a href="#{entry.Anchor}">{entry.Number}. {entry.About.Title}</a></small></th>
            <td class="number">{VerdictBlock.Effect(entry, claim)}</td></tr>

            """;
    }
}
