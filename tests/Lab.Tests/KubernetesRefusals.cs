using Xunit;

namespace Lab.Tests;

/// <summary>A cluster is used only when it was named, is the current one, and has no namespace that the run would delete.</summary>
public sealed class KubernetesRefusals : IDisposable
{
    /// <summary>What may be asked without touching anything.</summary>
    private static readonly string[] s_reading = ["config get-contexts", "config current-context", "version ", "kustomize ", "get namespace"];

    private readonly string _folder = Directory.CreateTempSubdirectory("lab-tests-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_context_nothing_is_asked(string? context)
    {
        using var fake = new KubernetesFake().WithTree();
        Assert.Contains("--context NAME", (await fake.RunAsync(context, Cancellation)).Skipped, StringComparison.Ordinal);
        Assert.Empty(fake.Asked);
    }

    [Fact]
    public async Task Without_kubectl_it_is_skipped()
    {
        var findings = await KubernetesFake.RunAsync(new(Path.Combine(_folder, "no-kubectl"), null, _folder), "here", Cancellation);
        Assert.Contains("kubectl cannot be run", findings.Skipped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_that_is_not_the_current_one_is_refused_with_both_names()
    {
        using var fake = new KubernetesFake(current: "there").WithTree();
        var findings = await fake.RunAsync("here", Cancellation);
        Assert.Contains("The context named is here, but kubectl's current context is there", findings.Skipped, StringComparison.Ordinal);
        OnlyRead(fake, "here");
        Assert.DoesNotContain(fake.Asked, line => line.Contains("version", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_tree_the_command_that_makes_it_is_told()
    {
        using var fake = new KubernetesFake();
        Assert.Contains(
            "dotnet run --project hosting/aspirate -- generate --project-path AppHost", (await fake.RunAsync("here", Cancellation)).Skipped,
            StringComparison.Ordinal);
        OnlyRead(fake, "here");
    }

    [Fact]
    public async Task A_namespace_that_is_there_is_refused()
    {
        using var fake = new KubernetesFake(found: "namespace/shop-of-a-test").WithTree(overlay: "");
        Assert.Contains("has a namespace shop-of-a-test already", (await fake.RunAsync("here", Cancellation)).Skipped, StringComparison.Ordinal);
        OnlyRead(fake, "here");
    }

    [Theory]
    [InlineData("kind: Service\nmetadata:\n  name: a\n  namespace: one\n---\nkind: Service\nmetadata:\n  name: b\n  namespace: two\n", "one, two")]
    [InlineData("kind: Service\nmetadata:\n  name: a\n  namespace: one\n---\nkind: ClusterRole\nmetadata:\n  name: b\n", "one, the cluster itself")]
    public async Task A_tree_that_reaches_beyond_its_namespace_is_refused(string rendered, string told)
    {
        using var fake = new KubernetesFake(rendered: rendered).WithTree();
        var findings = await fake.RunAsync("here", Cancellation);
        Assert.All(told.Split(", "), part => Assert.Contains(part, findings.Skipped, StringComparison.Ordinal));
        OnlyRead(fake, "here");
    }

    [Fact]
    public async Task A_real_kubectl_knows_no_context_of_that_name()
    {
        Assert.SkipUnless(HasKubectl, "There is no kubectl.");
        var findings = await KubernetesFake.RunAsync(new("kubectl", Config("here"), _folder), "elsewhere", Cancellation);
        Assert.Equal("kubectl's configuration has no context elsewhere; it has here, there.", findings.Skipped);
    }

    [Fact]
    public async Task A_real_kubectl_tells_that_another_context_is_current()
    {
        Assert.SkipUnless(HasKubectl, "There is no kubectl.");
        var findings = await KubernetesFake.RunAsync(new("kubectl", Config("there"), _folder), "here", Cancellation);
        Assert.Contains("The context named is here, but kubectl's current context is there", findings.Skipped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told()
    {
        Assert.SkipUnless(HasKubectl, "There is no kubectl.");
        var findings = await KubernetesFake.RunAsync(new("kubectl", Config("here"), _folder), "here", Cancellation);
        Assert.StartsWith("The cluster of the context here does not answer within 10 s:", findings.Skipped, StringComparison.Ordinal);
        Assert.Contains("refused", findings.Skipped, StringComparison.Ordinal);
        Assert.Empty(findings.Reasons);
    }

    private static bool HasKubectl =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "kubectl")));

    private static void OnlyRead(KubernetesFake fake, string context)
    {
        Assert.NotEmpty(fake.Asked);
        Assert.All(fake.Asked, line => Assert.Contains(s_reading, reading => line.StartsWith($"--context {context} {reading}", StringComparison.Ordinal)));
    }

    /// <summary>Of two contexts, both of a server on a port of this machine where none listens.</summary>
    private string Config(string current)
    {
        var file = Path.Combine(_folder, "config");
        File.WriteAllText(file, $$"""
            {
              "apiVersion": "v1", "kind": "Config", "current-context": "{{current}}",
              "contexts": [
                { "name": "here", "context": { "cluster": "closed", "user": "nobody" } },
                { "name": "there", "context": { "cluster": "closed", "user": "nobody" } }
              ],
              "clusters": [ { "name": "closed", "cluster": { "server": "http://127.0.0.1:9" } } ],
              "users": [ { "name": "nobody", "user": { "token": "none" } } ]
            }
            """);
        return file;
    }
}
