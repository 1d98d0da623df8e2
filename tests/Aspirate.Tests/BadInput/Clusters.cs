using Xunit;

namespace Aspirate.Tests;

/// <summary>Clusters that are not there. As processes, for kubectl's configuration is their environment's.</summary>
public sealed class Clusters : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("apply")]
    [InlineData("destroy")]
    public async Task A_cluster_that_nobody_answers_for_is_named_by_its_context(string command)
    {
        var tree = await TreeAsync();
        Refusal.AssertSaid(await RunAsync(Configuration, command, "--output-path", tree), "\"nowhere\"", "--kube-context");
        Refusal.AssertSaid(await RunAsync(Configuration, command, "--output-path", tree, "--overlay-path", "dev", "-k", "nowhere"),
            "\"nowhere\"", "--kube-context");
    }

    [Theory]
    [InlineData("apply")]
    [InlineData("destroy")]
    public async Task Without_a_current_context_there_is_no_cluster_to_go_to(string command)
    {
        var tree = await TreeAsync();
        Refusal.AssertSaid(await RunAsync("", command, "--output-path", tree), "no current context", "kubectl config use-context",
            "--kube-context");
        Refusal.AssertSaid(await RunAsync(Configuration, command, "--output-path", tree, "-k", "gone"), "\"gone\"", "--kube-context");
    }

    [Fact]
    public async Task A_folder_that_is_no_tree_is_named_with_the_options()
    {
        var tree = await TreeAsync();
        Refusal.AssertSaid(await RunAsync(Configuration, "apply", "--output-path", _folder["gone"]), _folder["gone"], "--output-path");
        Refusal.AssertSaid(await RunAsync(Configuration, "apply", "--output-path", tree, "--overlay-path", "gone"), "gone",
            "--overlay-path");
        // What a clone of a repository lacks.
        File.Delete(Path.Combine(tree, "base", "api", "secrets.env"));
        Refusal.AssertSaid(await RunAsync(Configuration, "apply", "--output-path", tree), "secrets.env", "aspirate generate");
    }

    private static string Configuration { get; } = $$"""
        apiVersion: v1
        kind: Config
        current-context: nowhere
        clusters: [ { name: nowhere, cluster: { server: "http://{{Unreachable.Address}}" } } ]
        users: [ { name: nobody, user: {} } ]
        contexts: [ { name: nowhere, context: { cluster: nowhere, user: nobody } } ]
        """;

    private async Task<string> TreeAsync()
    {
        Kustomize.SkipWhereAbsent();
        var manifest = _folder.Write("manifest.json", Models.Parameters(["key"], secret: true).ToJsonString());
        var run = await Tool.RunAsync(
            "generate", "-m", manifest, "--skip-build", "--non-interactive", "--parameter", "key=hush", "--output-path", _folder["tree"]);
        Assert.True(run.ExitCode == 0, run.Error);
        return _folder["tree"];
    }

    private Dictionary<string, string> Environment(string configuration) =>
        new() { ["KUBECONFIG"] = _folder.Write("kubeconfig", configuration) };

    private async Task<ProgramResult> RunAsync(string configuration, params string[] arguments)
    {
        var environment = Environment(configuration);
        var before = _folder.Content();
        // Neither consents to apply nor to destroy matters where no cluster answers.
        var run = await Tool.RunProcessAsync(environment, [.. arguments, "--project-path", _folder.Path, "--non-interactive"]);
        Assert.Equal(before, _folder.Content());
        return run;
    }
}
