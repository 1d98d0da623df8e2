using System.Text.Json.Nodes;
using Xunit;

namespace Conformance.Tests;

public sealed class ManifestTests : IDisposable
{
    private static readonly string Manifest = Path.Combine(Case.Fixture, "test.manifest.json");
    private static readonly string Dockerfile = Path.Combine(Case.Fixture, "notifications.Dockerfile");

    private static readonly string[][] Switches =
    [
        ["--operation", "publish", "--step", "publish-manifest"],
        ["--publisher", "manifest"],
    ];

    public static TheoryData<string, string> CasesAndSwitches =>
        [.. from name in Case.All from switches in Switches select (name, string.Join(' ', switches))];

    [Theory, MemberData(nameof(CasesAndSwitches))]
    public async Task The_manifest_is_the_one_that_the_official_packages_write(string name, string switches)
    {
        var test = new Case(name);

        var published = await PublishAsync(test, switches);

        Assert.True(published.ExitCode == 0, published.Output);
        Assert.Contains($"Published manifest to: {Manifest}", published.Output);
        var difference = JsonDifference.First(test.Expected("manifest.json"), JsonNode.Parse(await File.ReadAllTextAsync(Manifest, Cancelled)));
        Assert.True(difference is null, difference);
    }

    [Fact]
    public async Task A_node_app_is_published_with_a_Dockerfile_that_installs_in_one_stage_and_runs_unprivileged_in_the_other()
    {
        var published = await PublishAsync(new Case("07-node"), "--publisher manifest");

        Assert.True(published.ExitCode == 0, published.Output);
        var lines = await File.ReadAllLinesAsync(Dockerfile, Cancelled);
        Assert.Equal(2, lines.Count(line => line.StartsWith("FROM node:22-alpine AS ")));
        Assert.Contains(lines, line => line.StartsWith("RUN --mount=type=cache,") && line.EndsWith(" npm install"));
        var runtime = lines.Skip(Array.FindLastIndex(lines, line => line.StartsWith("FROM "))).ToList();
        Assert.Contains("ENV NODE_ENV=production", runtime);
        Assert.Contains("USER node", runtime);
        Assert.Equal("""ENTRYPOINT ["node","src/server.js"]""", runtime[^1]);
    }

    [Theory]
    [InlineData("--operation publish --step deploy --output-path ..", "deploy")]
    [InlineData("--publisher manifest", "--output-path")]
    public async Task What_cannot_be_published_ends_with_a_message_and_an_exit_code(string arguments, string named)
    {
        var published = await Publishing.RunAsync(new Case("01-project").Program, Cancelled, arguments.Split(' '));

        Assert.Equal(1, published.ExitCode);
        Assert.Contains(named, published.Output);
        Assert.DoesNotContain("   at ", published.Output);
    }

    public void Dispose()
    {
        File.Delete(Manifest);
        File.Delete(Dockerfile);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Task<Published> PublishAsync(Case test, string switches) =>
        Publishing.RunAsync(test.Program, Cancelled, [.. switches.Split(' '), "--output-path", Path.Combine("..", Path.GetFileName(Manifest))]);
}
