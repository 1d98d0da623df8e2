using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

/// <summary>An outcome shown by a word, an icon and a colour, so that none of them is needed alone.</summary>
internal static class OutcomeLabel
{
    public static Html Render(Outcome outcome) =>
        $"""<span class="outcome {Class(outcome)}">{Icon(outcome)}{ReportTexts.Of(outcome)}</span>""";

    public static Html Icon(Outcome outcome) => $"""
        <svg class="icon {Class(outcome)}" viewBox="0 0 16 16" aria-hidden="true">{Picture(outcome)}</svg>
        """;

    private static string Class(Outcome outcome) => outcome switch
    {
        Outcome.Holds => "holds",
        Outcome.Depends => "depends",
        Outcome.DoesNotHold => "fails",
        _ => "open",
    };

    private static Html Picture(Outcome outcome) => outcome switch
    {
        Outcome.Holds => $"""<circle class="solid" cx="8" cy="8" r="7"/><path class="cut" d="M4.6 8.3l2.4 2.4 4.6-5"/>""",
        Outcome.Depends => $"""<circle cx="8" cy="8" r="6.25"/><path class="solid" d="M8 1.75a6.25 6.25 0 0 1 0 12.5z"/>""",
        Outcome.DoesNotHold => $"""<circle class="solid" cx="8" cy="8" r="7"/><path class="cut" d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6"/>""",
        _ => $"""<circle class="dashed" cx="8" cy="8" r="6.25"/><path d="M5.4 8h5.2"/>""",
    };
}
