namespace MsaAspire.Lab.Report;

/// <summary>The table of contents.</summary>
internal static class Contents
{
    public static Html Render(List<Entry> entries) => $"""
        <nav class="contents" aria-labelledby="contents">
        <h2 id="contents">{ReportTexts.Contents}</h2>
        <ol>{entries.Select(Item)}</ol>
        </nav>
        """;

    private static Html Item(Entry entry)
    {
        var state = ReportTexts.Of(entry.State);
        return $"""
            <li><a href="#{entry.Anchor}">{entry.About.Title}</a>
            {Html.If(state is not null, $"""<span class="state">{state}</span>""")}
            <span class="icons" aria-hidden="true">{entry.About.Claims.Select(c => OutcomeLabel.Icon(entry.OutcomeOf(c)))}</span></li>

            """;
    }
}
