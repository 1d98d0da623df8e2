using MsaAspire.Lab.Results;

namespace MsaAspire.Lab.Report;

/// <summary>The report's head: its purpose, and where and how the measurements were made.</summary>
internal static class RunFacts
{
    private const double Gibibyte = 1 << 30;

    public static Html Render(List<Entry> entries)
    {
        var results = entries.Select(e => e.Result).OfType<Result>().ToList();
        var runs = results.ConvertAll(r => r.Run);
        var mixed = runs.Select(r => (r.Machine, r.Commit, r.Modified)).Distinct().Count() > 1;
        return $"""
            <div class="head">
            <h1>{ReportTexts.Title}</h1>
            <p class="purpose">{ReportTexts.Purpose}</p>
            {Facts(results, runs)}
            {Html.If(runs.Exists(r => r.Quick), Note(ReportTexts.QuickTitle, ReportTexts.Quick))}
            {Html.If(mixed, Note(ReportTexts.MixedTitle, ReportTexts.Mixed))}
            </div>
            """;
    }

    public static Html Commit(RunInfo run)
    {
        var hash = run.Commit[..Math.Min(12, run.Commit.Length)];
        return $"<code>{hash}</code>{Html.If(run.Modified, $" ({ReportTexts.Modified})")}";
    }

    public static Html Time(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        return $"""<time datetime="{utc.ToString("s")}Z">{utc.ToString("yyyy-MM-dd HH:mm")} UTC</time>""";
    }

    private static Html Facts(List<Result> results, List<RunInfo> runs)
    {
        if (runs.Count == 0)
            return $"";
        var (first, last) = (runs.Min(r => r.StartedAt), runs.Max(r => r.StartedAt));
        return $"""
            <dl class="facts">
            {Fact(ReportTexts.Machine, runs.Select(r => r.Machine).Distinct().Select(Machine))}
            {Fact(ReportTexts.Commit, runs.DistinctBy(r => (r.Commit, r.Modified)).Select(Commit))}
            {Fact(ReportTexts.Seed, [List(runs.Select(r => r.Seed))])}
            {Fact(ReportTexts.Rounds, [List(runs.Select(r => r.Rounds))])}
            {Fact(ReportTexts.Date, [$"{Time(first)}{Html.If(last > first, $" – {Time(last)}")}"])}
            {Fact(ReportTexts.TotalTime, [$"{Numbers.Duration(results.Sum(r => r.Seconds))}"])}
            </dl>
            """;
    }

    private static Html Fact(Words name, IEnumerable<Html> values) =>
        $"<div><dt>{name}</dt>{values.Select(v => (Html)$"<dd>{v}</dd>")}</div>\n";

    private static Html List(IEnumerable<int> numbers) => $"{string.Join(", ", numbers.Distinct())}";

    private static Html Machine(Machine machine) => $"""
        {machine.Processor}, {ReportTexts.Cores(machine.Cores)}, {ReportTexts.Memory(Numbers.Format(machine.MemoryBytes / Gibibyte))}<br>
        {machine.System}, {machine.Runtime}
        """;

    private static Html Note(Words title, Words text) => $"""<p class="note"><strong>{title}.</strong> {text}</p>""";
}
