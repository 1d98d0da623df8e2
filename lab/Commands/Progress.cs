using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Results;
using Spectre.Console;

namespace MsaAspire.Lab.Commands;

/// <summary>The console output of a running experiment.</summary>
internal static class Progress
{
    /// <summary>The progress of an experiment: one changing line in a terminal, otherwise one line after the other.</summary>
    public static async Task<Result> ShowAsync(IAnsiConsole console, string title, Func<Action<string>, Task<Result>> run)
    {
        console.WriteLine(title);
        if (console.Profile.Capabilities.Interactive)
            return await console.Status().StartAsync("starting", status => run(text => status.Status(Markup.Escape(text))));

        var start = TimeProvider.System.GetTimestamp();
        var gate = new Lock();
        return await run(text =>
        {
            lock (gate)
                console.WriteLine($"  {TimeProvider.System.GetElapsedTime(start).TotalSeconds,6:0.0} s  {text}");
        });
    }

    /// <summary>The result: a line for each claim, or why there is no conclusion.</summary>
    public static void Print(IAnsiConsole console, Description about, Result result)
    {
        if (result.Skipped is { } skipped)
            console.MarkupLine($"  [yellow]skipped[/]: {Markup.Escape(skipped)}");
        foreach (var reason in result.Invalid)
            console.MarkupLine($"  [red]invalid[/]: {Markup.Escape(reason)}");
        foreach (var (claim, verdict) in about.Claims.Zip(result.Verdicts))
            console.MarkupLine($"  {Outcome(verdict)}{Effect(verdict)}: {Markup.Escape(claim.Text.En)}");
    }

    private static string Outcome(Verdict verdict) => verdict.Outcome switch
    {
        Results.Outcome.Holds => "[green]holds[/]",
        Results.Outcome.Depends => "[yellow]depends[/]",
        Results.Outcome.DoesNotHold => "[red]does not hold[/]",
        _ => "[grey]no conclusion[/]",
    };

    private static string Effect(Verdict verdict) =>
        verdict.Effect is { } effect ? Markup.Escape($" ({effect:0.###} {verdict.EffectUnit})") : "";
}
