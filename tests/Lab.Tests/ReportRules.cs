using MsaAspire.Lab.Report;
using MsaAspire.Lab.Results;
using Xunit;
using static Lab.Tests.ReportSamples;

namespace Lab.Tests;

/// <summary>What the report says of a run, and what it never says.</summary>
public class ReportRules
{
    private const string Holds = "outcome holds", Contradiction = "Our data contradicts this claim of the literature";

    [Fact]
    public void A_claim_that_holds_is_told_by_word_icon_and_colour()
    {
        var page = InMain(Render(Result(Verdict("slower", Outcome.Holds))));
        Assert.Matches("""<span class="outcome holds">\s*<svg class="icon holds".*?</svg>\s*<span lang="en">Holds</span>""", page);
        Assert.Contains("190×", page);
        Assert.Contains("0.21 ms against 0.0011 ms", page);
    }

    [Fact]
    public void An_invalid_run_shows_all_reasons_and_no_verdict()
    {
        var result = Result(Verdict("slower", Outcome.Holds), Verdict("own", Outcome.DoesNotHold));
        var page = Render(result with { Invalid = ["The load was late.", "A log is lost."] });
        Assert.Contains("<li>The load was late.</li><li>A log is lost.</li>", page);
        Assert.Contains("class=\"invalid\"", page);
        Assert.DoesNotContain("190×", page);
        // The counts of the summary name every outcome once.
        Assert.Single(Find(InMain(page), Holds));
        Assert.Contains("""<span class="count">0</span> <span class="outcome holds">""", page);
        Assert.DoesNotContain(Contradiction, page);
    }

    [Fact]
    public void A_skipped_run_says_why()
    {
        var result = Result(Verdict("slower", Outcome.Holds)) with { Measurements = [], Timelines = [] };
        var page = Render(result with { Skipped = "There is no cluster." });
        Assert.Contains("<li>There is no cluster.</li>", page);
        Assert.DoesNotContain("190×", page);
    }

    [Fact]
    public void An_experiment_without_a_result_is_listed_as_not_run() => Assert.Contains("<span lang=\"en\">Not run</span>", Render());

    [Fact]
    public void A_result_of_an_unknown_experiment_is_shown_nonetheless() =>
        Assert.Contains("id=\"experiment-gone\"", ReportWriter.Render([], [Result() with { Experiment = "gone" }]));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Figures_too_few_to_be_quoted_are_marked_so(bool quick)
    {
        var page = Render(Result() with { Run = Run with { Quick = quick } });
        Assert.Equal(quick, page.Contains("too few to be quoted", StringComparison.Ordinal));
        Assert.Equal(quick, page.Contains("인용하기에 적합하지 않습니다", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("slower", Outcome.DoesNotHold, true)]
    [InlineData("slower", Outcome.Depends, false)]
    [InlineData("slower", Outcome.Holds, false)]
    [InlineData("own", Outcome.DoesNotHold, false)]
    public void Only_a_claim_with_a_source_that_does_not_hold_contradicts_the_literature(string claim, Outcome outcome, bool contradicts) =>
        Assert.Equal(contradicts, Render(Result(Verdict(claim, outcome))).Contains(Contradiction, StringComparison.Ordinal));

    [Fact]
    public void Cells_tell_the_median_and_the_range()
    {
        var page = Render(Result());
        Assert.Contains("205&#xA0;ms<small>200 – 210</small>", page);
        Assert.Contains("1&#xA0;ms<small>0 – 2</small>", page);
    }

    [Fact]
    public void Results_of_different_commits_are_marked_so()
    {
        var other = Result() with { Experiment = "gone", Run = Run with { Commit = "unknown" } };
        Assert.Contains("Mixed results", Render(Result(), other));
        Assert.DoesNotContain("Mixed results", Render(Result()));
    }

    [Fact]
    public async Task The_page_is_written_beside_the_results()
    {
        using var folder = new ReportFolder();
        var path = await ReportWriter.WriteAsync(folder.Path, [About], [Result()], TestContext.Current.CancellationToken);
        Assert.Equal(Path.Combine(folder.Path, "index.html"), path);
        Assert.Equal(["index.html"], Directory.GetFiles(folder.Path).Select(Path.GetFileName));
    }

    private static string InMain(string page) => page[page.IndexOf("<main", StringComparison.Ordinal)..];
}
