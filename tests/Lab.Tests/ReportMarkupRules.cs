using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MsaAspire.Lab;
using MsaAspire.Lab.Report;
using MsaAspire.Lab.Results;
using Xunit;
using static Lab.Tests.ReportSamples;

namespace Lab.Tests;

/// <summary>The page as a document: it escapes, loads nothing, and is there in both languages.</summary>
public class ReportMarkupRules
{
    private const string Evil = "<script>alert('&')</script>\" onload=\"x";

    private static readonly string s_page = Render(Result(Verdict("slower", Outcome.Holds), Verdict("own", Outcome.DoesNotHold)));

    [Fact]
    public void All_text_is_escaped()
    {
        var words = new Words(Evil, Evil);
        var about = About with
        {
            Id = Evil, Title = words, Hypothesis = words, Method = words, Claims = [new(Evil, words, Evil, words)],
            Charts = [.. About.Charts.Select(c => c with { Title = words })],
        };
        var result = Result() with
        {
            Experiment = Evil,
            Run = Run with { Commit = Evil, Machine = new(Evil, Evil, Evil, 1, 1) },
            Measurements = [new(Evil, Evil, "latency", Evil, 1, 1), new(Evil, Evil, Evil, Evil, 1, 1)],
            Timelines = [new(Evil, Evil, Evil, Evil, 1, 1, [1, 2], [new(1, Evil)])],
            Verdicts = [new(Evil, Outcome.DoesNotHold, 1, Evil, [Evil])],
        };
        foreach (var page in (string[])
            [ReportWriter.Render([about], [result]), ReportWriter.Render([about], [result with { Invalid = [Evil] }]),
            ReportWriter.Render([about], [result with { Skipped = Evil }])])
        {
            Assert.DoesNotContain("<script>alert", page);
            Assert.DoesNotContain("\" onload", page);
            Assert.Single(Find(page, "<script"));
        }
    }

    [Theory]
    [InlineData("http://")]
    [InlineData("https://")]
    [InlineData("url(")]
    [InlineData("@import")]
    [InlineData(" src=")]
    [InlineData(" style=")]
    public void Nothing_is_loaded(string reference) => Assert.DoesNotContain(reference, s_page);

    [Fact]
    public void The_only_script_allowed_is_the_one_that_is_there()
    {
        var script = Assert.Single(Find(s_page, "<script>(.*?)</script>")).Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"script-src 'sha256-{hash}'", WebUtility.HtmlDecode(s_page));
    }

    [Fact]
    public void Ids_are_unique_and_every_reference_has_its_target()
    {
        var ids = Find(s_page, " id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        var references = Find(s_page, " (?:aria-labelledby|aria-describedby|href)=\"([^\"]+)\"")
            .SelectMany(m => m.Groups[1].Value.Split(' '));
        Assert.All(references.Where(r => r != "data:,"), r => Assert.Contains(r.TrimStart('#'), ids));
    }

    [Fact]
    public void Every_element_is_closed()
    {
        var open = new Stack<string>(["html"]);
        var body = s_page[s_page.IndexOf("<body>", StringComparison.Ordinal)..];
        foreach (Match tag in Find(body, "<(/?)([a-z0-9]+)[^>]*?(/?)>"))
        {
            if (tag.Groups[1].Length > 0)
                Assert.Equal(open.Pop(), tag.Groups[2].Value);
            else if (tag.Groups[3].Length == 0 && tag.Groups[2].Value != "br")
                open.Push(tag.Groups[2].Value);
        }

        Assert.Empty(open);
    }

    [Fact]
    public void Headings_leave_out_no_level()
    {
        var levels = Find(s_page, "<h([1-6])").Select(m => m.Groups[1].Value[0] - '0').ToList();
        Assert.Equal(1, levels[0]);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public void What_is_there_in_one_language_is_there_in_the_other()
    {
        var body = s_page[s_page.IndexOf("<main", StringComparison.Ordinal)..];
        Assert.Equal(Find(body, "<(span|div|tspan) lang=\"en\">").Count, Find(body, "<(span|div|tspan) lang=\"ko\">").Count);
        Assert.Contains("<p>It costs more.</p>", body);
        Assert.Contains("<p>더 비싸다.</p>", body);
    }

    [Fact]
    public void All_own_words_are_in_both_languages()
    {
        var own = typeof(ReportTexts).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (Words)f.GetValue(null)!).ToList();
        Assert.NotEmpty(own);
        Assert.All(own, words => Assert.Matches("[\uac00-\ud7a3]", words.Ko));
        Assert.All(own, words => Assert.DoesNotMatch("[\uac00-\ud7a3]", words.En));
    }
}
