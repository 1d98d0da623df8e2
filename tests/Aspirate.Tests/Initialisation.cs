using System.Text.Json.Nodes;
using Xunit;

namespace Aspirate.Tests;

/// <summary><c>init</c> writes how images are named into <c>aspirate.json</c>.</summary>
public sealed class Initialisation : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Initialisation() => _folder.Write("App.csproj", "<Project />");

    private string Settings => File.ReadAllText(_folder["aspirate.json"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_given_is_written_and_generate_reads_it()
    {
        await InitAsync("--namespace", "shop", "--container-registry", "ghcr.io/owner", "--container-repository-prefix", "shop",
            "--container-image-tag", "1.2");
        var exported = await Exported.OfAsync(
            _folder.Write("manifest.json",
            new JsonObject { ["resources"] = new JsonObject { ["api"] = Models.Project("api") } }.ToJsonString()));
        Assert.Equal("ghcr.io/owner/shop/api:1.2", Kubelet.Container(exported.Base, "api").Text("image"));
        Assert.Equal("shop", exported.Base.Of("Namespace").Single().Name());
    }

    [Fact]
    public async Task The_rest_of_the_file_stays_as_it_is_comments_too()
    {
        _folder.Write("aspirate.json", """
            {
              // Why there are two.
              "resources": { "api": { "replicas": 2 } },
              "containers": { "pullSecret": "key", "tag": "old" },
              "ingress": { "annotations": { "a+b": "<눈>" } }
            }
            """);
        await InitAsync("--container-image-tag", "new");
        Assert.Equal(2, JsonNode.Parse(Settings, documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })
            .Number("resources/api/replicas"));
        Assert.Contains("\"pullSecret\": \"key\"", Settings);
        Assert.Contains("\"new\"", Settings);
        Assert.Contains("\"a+b\": \"<눈>\"", Settings);
        Assert.Contains("// Why there are two.", Settings);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_left_alone()
    {
        _folder.Write("aspirate.json", """{ "resorces": {} }""");
        await Refusal.AssertAsync(
            _folder, ["init", "--project-path", _folder.Path, "--namespace", "shop"], "resorces", _folder["aspirate.json"]);
    }

    [Fact]
    public Task A_namespace_that_generate_would_refuse_is_refused_here() =>
        Refusal.AssertAsync(_folder, ["init", "--project-path", _folder.Path, "--namespace", "My Shop"], "\"My Shop\"");

    private async Task InitAsync(params string[] arguments)
    {
        var run = await Tool.RunAsync(["init", "--project-path", _folder.Path, "--non-interactive", .. arguments]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains(_folder["aspirate.json"], run.Output);
    }
}
