using System.Text.RegularExpressions;
using MsaAspire.Lab;
using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Report;
using MsaAspire.Lab.Results;

namespace Lab.Tests;

/// <summary>Synthetic experiments and results, small enough to see through.</summary>
internal static class ReportSamples
{
    public static readonly RunInfo Run = new(
        new("Linux 6.8", ".NET 10.0.3", "A processor", 2, 8L << 30), "b88c7dd3a1f04d21c0ffee5a3f7b9e0d12345678",
        Modified: false, Seed: 7, Rounds: 3, Quick: false, new(2026, 5, 3, 9, 0, 0, TimeSpan.Zero));

    public static readonly Description About = new()
    {
        Id = "calls",
        Title = new("What a call costs", "호출 한 번의 비용"),
        Hypothesis = new("It costs more.", "더 비싸다."),
        Method = new("Calls are timed.", "호출 시간을 잰다."),
        Claims = [Claim("slower", "Fowler, 2015"), Claim("own", null)],
        Charts =
        [
            new("latency", ChartKind.Bars, new("Latency", "지연 시간")),
            new("latency", ChartKind.LogBars, new("Latency by powers", "지연 시간(로그)")),
            new("*", ChartKind.Timeline, new("Course", "경과")),
        ],
        Names = new Dictionary<string, Words> { ["kill"] = new("Killed", "강제 종료"), ["latency"] = new("Latency", "지연 시간") },
    };

    public static Claim Claim(string id, string? source) =>
        new(id, new($"Claim {id}", $"주장 {id}"), source, new("By the ratio.", "비율로 판정한다."));

    public static Verdict Verdict(string claim, Outcome outcome, double? effect = 190) =>
        new(claim, outcome, effect, "x", ["0.21 ms against 0.0011 ms"]);

    public static Measurement Figure(string shape, double value, int round = 1) => new("all", shape, "latency", "ms", round, value);

    public static Timeline Course(string shape, int round, params double?[] values) =>
        new("all", shape, "browse", "/s", round, 1, values, [new(1, "kill")]);

    public static Result Result(params Verdict[] verdicts) => new(
        "calls", Run, 12.5, Skipped: null, Invalid: [],
        [Figure("microservices", 200), Figure("microservices", 210, 2), Figure("monolith", 2), Figure("monolith", 0, 2)],
        [Course("microservices", 1, 10, null, 12), Course("monolith", 1, 9, 0, 11)],
        verdicts);

    public static MatchCollection Find(string text, string pattern) =>
        Regex.Matches(text, pattern, RegexOptions.Singleline, TimeSpan.FromSeconds(5));

    public static string Render(params Result[] results) => ReportWriter.Render([About], results);
}
