using MsaAspire.Lab.Experiments;

namespace MsaAspire.Lab.Report;

/// <summary>One claim, its verdict, and the evidence.</summary>
internal static class VerdictBlock
{
    public static string Anchor(Entry entry, int index) => $"{entry.Anchor}-claim-{index + 1}";

    public static Html Effect(Entry entry, Claim claim) => entry.VerdictOf(claim) is { Effect: { } effect } verdict
        ? (Html)$"""<span class="effect">{Numbers.Format(effect, Units.Of(verdict.EffectUnit))}</span>"""
        : $"""<span class="effect none">–</span>""";

    public static Html Render(Entry entry, Claim claim, int index)
    {
        var verdict = entry.VerdictOf(claim);
        var state = ReportTexts.Of(entry.State);
        return $"""
            <article class="claim" aria-labelledby="{Anchor(entry, index)}">
            <div class="result"><p>{OutcomeLabel.Render(entry.OutcomeOf(claim))}{Html.If(state is not null, $"<small>{state}</small>")}</p>
            {Html.If(verdict?.Effect is not null, BigEffect(entry, claim))}</div>
            <div><h4 id="{Anchor(entry, index)}">{claim.Text}</h4>
            {Html.If(entry.Contradicts(claim), $"""<p class="against"><strong>{ReportTexts.Contradiction}</strong></p>""")}
            <dl>
            <dt>{ReportTexts.Source}</dt><dd>{claim.Source}{(claim.Source is null ? ReportTexts.Own : null)}</dd>
            <dt>{ReportTexts.Rule}</dt><dd>{claim.Rule}</dd>
            {Html.If(verdict is { Evidence.Count: > 0 }, Evidence(verdict?.Evidence ?? []))}
            </dl></div>
            </article>

            """;
    }

    private static Html BigEffect(Entry entry, Claim claim) =>
        $"""<p class="size"><small>{ReportTexts.Effect}</small> {Effect(entry, claim)}</p>""";

    private static Html Evidence(IReadOnlyList<string> lines) =>
        $"""<dt>{ReportTexts.Evidence}</dt><dd><ul class="evidence">{lines.Select(l => (Html)$"<li>{l}</li>")}</ul></dd>""";
}
