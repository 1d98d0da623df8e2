using MsaAspire.Lab;
using MsaAspire.Lab.Experiments;
using MsaAspire.Lab.Report;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using Xunit;

namespace Lab.Tests;

/// <summary>The report in docs/lab is of a real run, and the table of verdicts in docs/why.md and its twin is what it found.</summary>
public sealed class ExampleReport
{
    private static readonly string s_docs = Path.Combine(Repository.Root, "docs");

    public static TheoryData<string> Experiments => [.. AllExperiments.All.Where(e => e.InAll).Select(e => e.About.Id)];

    [Theory, MemberData(nameof(Experiments))]
    public async Task Every_experiment_is_there_from_a_whole_and_valid_run_of_committed_sources(string experiment)
    {
        var results = await ReadAsync();
        var result = Assert.Single(results, r => r.Experiment == experiment);
        Assert.Empty(result.Invalid);
        Assert.Null(result.Skipped);
        Assert.False(result.Run.Quick);
        Assert.False(result.Run.Modified);
        Assert.InRange(result.Run.Rounds, 3, int.MaxValue);
        Assert.Single(results.Select(r => (r.Run.Machine, r.Run.Seed)).Distinct());
        Assert.Subset(result.Measurements.Select(m => m.Shape).ToHashSet(), new HashSet<string>(Shapes.Both));
    }

    [Fact]
    public async Task The_page_shows_these_results()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(s_docs, "lab", "index.html"), TestContext.Current.CancellationToken);
        Assert.All(await ReadAsync(), result => Assert.Contains(result.Run.Commit[..7], page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("why.md", "en")]
    [InlineData("why.ko.md", "ko")]
    public async Task The_story_has_every_verdict_as_it_is(string file, string language)
    {
        var story = (await File.ReadAllTextAsync(Path.Combine(s_docs, file), TestContext.Current.CancellationToken)).Split('\n');
        var missing = Entry.From([.. AllExperiments.All.Where(e => e.InAll).Select(e => e.About)], await ReadAsync())
            .SelectMany(entry => entry.About.Claims.Select(claim => Row(entry, claim, language)))
            .Where(row => !story.Contains(row));
        Assert.True(!missing.Any(), $"docs/{file} lacks these rows:\n{string.Join('\n', missing)}");
    }

    private static Task<IReadOnlyList<Result>> ReadAsync() =>
        ResultFiles.ReadAsync(Path.Combine(s_docs, "lab"), TestContext.Current.CancellationToken);

    private static string Row(Entry entry, Claim claim, string language)
    {
        var outcome = ReportTexts.Of(entry.OutcomeOf(claim));
        var effect = entry.VerdictOf(claim) is { Effect: { } size } verdict ? Numbers.Format(size, Units.Of(verdict.EffectUnit)) : new("–", "–");
        return $"| {In(claim.Text)} | {In(outcome)}{(entry.Contradicts(claim) ? " ⚠" : "")} | {In(effect).Replace('\u00a0', ' ')} |";

        string In(Words words) => language == "ko" ? words.Ko : words.En;
    }
}
