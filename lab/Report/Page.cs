using System.Security.Cryptography;
using System.Text;

namespace MsaAspire.Lab.Report;

/// <summary>The document.</summary>
internal static class Page
{
    public static Html Render(List<Entry> entries, ShapeClasses shapes)
    {
        var (style, script) = (Resource("report.css"), Resource("report.js"));
        // Only this script and no requests: limits the effect of an escaping error.
        var policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
            + $"script-src 'sha256-{Hash(script)}'";
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title data-en="{ReportTexts.Title.En}" data-ko="{ReportTexts.Title.Ko}">{ReportTexts.Title.En}</title>
            <link rel="icon" href="data:,">
            <style>{Html.Trusted(style)}</style>
            <script>{Html.Trusted(script)}</script>
            </head>
            <body>
            <a class="skip" href="#content">{ReportTexts.Skip}</a>
            {Top()}
            <main id="content" tabindex="-1">
            {RunFacts.Render(entries)}
            {Summary.Render(entries)}
            {Contents.Render(entries)}
            {entries.Select(e => ExperimentSection.Render(e, shapes))}
            </main>
            <footer><p>{ReportTexts.Footer}</p></footer>
            </body>
            </html>

            """;
    }

    private static Html Top() => $"""
        <header class="top"><div>
        <a class="home" href="#content">{ReportTexts.Lab}</a>
        <nav aria-labelledby="page-links"><span id="page-links" class="unseen">{ReportTexts.Navigation}</span>
        <a href="#summary">{ReportTexts.Summary}</a> <a href="#contents">{ReportTexts.Contents}</a></nav>
        <div class="tools" hidden>
        <div role="group" aria-labelledby="languages"><span id="languages" class="unseen">{ReportTexts.Language}</span>
        <button type="button" data-lang="en" lang="en" aria-pressed="true">English</button>
        <button type="button" data-lang="ko" lang="ko" aria-pressed="false">한국어</button></div>
        <button type="button" data-theme-switch><svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6.25"/><path class="solid" d="M8 1.75a6.25 6.25 0 0 1 0 12.5z"/></svg>
        <span class="unseen">{ReportTexts.Theme}</span></button>
        </div></div></header>
        """;

    private static string Hash(string script) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));

    private static string Resource(string name)
    {
        using var stream = typeof(Page).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded.");
        using var reader = new StreamReader(stream);
        // The browser does the same before it compares the hash.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
