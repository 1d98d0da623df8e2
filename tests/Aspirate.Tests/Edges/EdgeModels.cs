using System.Text.Json.Nodes;
using Xunit;

namespace Aspirate.Tests;

/// <summary>Models that no example shows and that Aspire lets one write.</summary>
public sealed class EdgeModels : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"type":"container.v0","image":"x:1","volumes":[{"name":"tmp","target":"/data"}]}""",
        "a volume of the name that the pod's own folder has")]
    [InlineData(
        """
        {"type":"container.v0","image":"x:1",
          "volumes":[{"name":"files-0","target":"/data"}],"bindMounts":[{"source":"manifest.json","target":"/m"}]}
        """,
        "a volume called as files are")]
    [InlineData(
        """
        {"type":"container.v0","image":"x:1","volumes":[{"name":"a-2","target":"/1"},{"name":"a","target":"/2"},{"name":"a","target":"/3"}]}
        """,
        "a volume called as a second one is")]
    [InlineData("""{"type":"container.v0","image":"postgres:18.3","volumes":[{"name":"data","target":"/backups"}]}""",
        "a volume called as the server's own folder")]
    [InlineData("""{"type":"container.v0","image":"x:1","volumes":[{"name":"scratch","target":"/tmp"}]}""", "a volume for temporary files")]
    [InlineData("""{"type":"container.v0","image":"postgres:18.3","volumes":[{"name":"run","target":"/var/run/postgresql"}]}""",
        "a volume where the image writes")]
    [InlineData(
        """
        {"type":"project.v0","path":"X.csproj","bindings":{
          "http":{"scheme":"http"},"admin":{"scheme":"http","port":8080,"targetPort":9000}}}
        """,
        "a port of the service that two bindings want")]
    [InlineData(
        """
        {"type":"container.v0","image":"x:1","bindings":{
          "a":{"scheme":"http","port":80,"targetPort":1},"b":{"scheme":"http","port":80,"targetPort":2}}}
        """,
        "two of one port")]
    public async Task The_server_takes_what_comes_of_it_or_the_resource_is_refused_by_name(string resource, string what)
    {
        var manifest = _folder.Write("manifest.json", Manifest($"\"x\":{resource}"));
        var run = await Tool.RunAsync("generate", "-m", manifest, "--skip-build", "--non-interactive", "--output-path", _folder["tree"]);
        if (run.ExitCode != 0)
        {
            Refusal.AssertSaid(run, "\"x\"");
            return;
        }

        var problems = (await Exported.RenderAsync(_folder["tree"])).SelectMany(r => ServerRules.Problems(r).Concat(References.Problems(r)))
            .Distinct().ToList();
        Assert.True(problems.Count == 0, $"{what}: {string.Join(", ", problems)}");
    }

    [Theory]
    [InlineData("""{"type":"container.v0","image":"postgres:18.3"}""", "db-headless")]
    [InlineData("""{"type":"container.v0","image":"x:1","bindings":{"tcp":{"scheme":"tcp","targetPort":1,"external":true}}}""",
        "db-external")]
    public async Task A_resource_may_have_the_name_of_another_s_second_service_or_is_refused_by_name(string db, string other)
    {
        const string bindings = """
            {"http":{"scheme":"http","targetPort":80}}
            """;
        var manifest = _folder.Write("manifest.json", Manifest($"\"db\":{db}", $$"""
            "{{other}}":{"type":"container.v0","image":"x:1","bindings":{{bindings}}}
            """));
        var run = await Tool.RunAsync("generate", "-m", manifest, "--skip-build", "--non-interactive", "--output-path", _folder["tree"]);
        if (run.ExitCode != 0)
            Refusal.AssertSaid(run, other);
        else
            Assert.Empty(ServerRules.Problems(await Kustomize.RenderAsync(_folder["tree"], "base")));
    }

    [Fact]
    public async Task Files_whose_names_a_ConfigMap_cannot_tell_apart_all_arrive()
    {
        _folder.Write("files/a b", "1");
        _folder.Write("files/a_b", "2");
        _folder.Write("files/c/d", "3");
        _folder.Write("files/c__d", "4");
        _folder.Write("files/눈", "5");
        _folder.Write("files/é", "6");
        var exported = await ExportAsync("""
            "x":{"type":"container.v0","image":"x:1","bindMounts":[{"source":"files","target":"/f"}]}
            """);
        Assert.Equal(
            ["/f/a b=1", "/f/a_b=2", "/f/c/d=3", "/f/c__d=4", "/f/é=6", "/f/눈=5"],
            Kubelet.Files(exported.Base, "x").Select(f => $"{f.Key}={(char)f.Value.Single()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_empty_folder_may_be_mounted()
    {
        Directory.CreateDirectory(_folder["empty"]);
        var exported = await ExportAsync("""
            "x":{"type":"container.v0","image":"x:1","bindMounts":[{"source":"empty","target":"/f"}]}
            """);
        Assert.All(exported.Renderings, r => Assert.Empty(References.Problems(r)));
        Assert.Contains(Kubelet.Container(exported.Base, "x").Items("volumeMounts"), m => m.Text("mountPath") == "/f");
    }

    [Fact]
    public async Task A_database_whose_name_is_a_parameter_is_created_by_its_value()
    {
        var exported = await ExportAsync(
            """
            "pg":{"type":"container.v0","connectionString":"Host={pg.bindings.tcp.host}","image":"postgres:18.3",
              "bindings":{"tcp":{"scheme":"tcp","targetPort":5432}}},
            "db":{"type":"value.v0","connectionString":"{pg.connectionString};Database={name.value}"},
            "name":{"type":"parameter.v0","value":"{name.inputs.value}","inputs":{"value":{"type":"string","default":{"value":"orders"}}}}
            """);
        var script = System.Text.Encoding.UTF8.GetString(Kubelet.Files(exported.Base, "pg").Values.Single());
        Assert.Contains("CREATE DATABASE \"orders\"", script);
    }

    [Fact]
    public async Task A_parameter_with_several_inputs_can_be_given()
    {
        var manifest = _folder.Write("manifest.json", Manifest(
            """
            "login":{"type":"parameter.v0","value":"{login.inputs.user}",
              "inputs":{"user":{"type":"string"},"value":{"type":"string","secret":true}}},
            "x":{"type":"container.v0","image":"x:1","env":{"USER":"{login.value}","PASSWORD":"{login.inputs.value}"}}
            """));
        var run = await Tool.RunAsync(
            "generate", "-m", manifest, "--skip-build", "--non-interactive", "--parameter", "login=hush", "--parameter", "login.user=me",
            "--output-path", _folder["tree"]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("me", Kubelet.Environment(await Kustomize.RenderAsync(_folder["tree"], "base"), "x")["USER"]);
    }

    /// <summary>Two of one name are one in a container engine. In a cluster each has its own, and its user should know.</summary>
    [Fact]
    public async Task A_volume_that_two_resources_share_is_told_of()
    {
        const string resource = """
            {"type":"container.v0","image":"x:1","volumes":[{"name":"shared","target":"/data"}]}
            """;
        var exported = await ExportAsync($"\"a\":{resource},\"b\":{resource}");
        Assert.Contains("shared", exported.Said);
    }

    [Fact]
    public async Task What_cannot_be_probed_is_told_of()
    {
        var exported = await ExportAsync("""
            "worker":{"type":"container.v0","image":"x:1"},
            "stats":{"type":"container.v0","image":"x:1","bindings":{"udp":{"scheme":"udp","protocol":"udp","targetPort":8125}}}
            """);
        Assert.Contains("note: worker", exported.Said);
        Assert.Contains("note: stats", exported.Said);
    }

    [Fact]
    public async Task Every_file_of_a_resource_is_called_by_what_is_in_it()
    {
        var exported = await ExportAsync("""
            "e":{"type":"container.v0","image":"postgres:18.3","bindings":{"tcp":{"scheme":"tcp","targetPort":5432,"external":true}}}
            """);
        Assert.Equal(
            [
                "kustomization.yaml", "network-policy.yaml", "service-account.yaml", "service-external.yaml", "service-headless.yaml",
                "service.yaml", "statefulset.yaml",
            ],
            Directory.GetFiles(Path.Combine(exported.Tree, "base", "e")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    /// <summary>The own image has the name of another's, as long as no registry stands before it.</summary>
    [Fact]
    public async Task An_image_of_others_with_the_name_of_a_built_one_keeps_its_tag()
    {
        var exported = await ExportAsync("""
            "redis":{"type":"dockerfile.v0","path":"Dockerfile","context":"."},
            "cache":{"type":"container.v0","image":"redis:8.2"}
            """);
        Assert.All(exported.Renderings, r => Assert.Equal("redis:8.2", Kubelet.Container(r, "cache").Text("image")));
    }

    private static string Manifest(params string[] resources) => "{\"resources\":{" + string.Join(',', resources) + "}}";

    private Task<Exported> ExportAsync(string resources)
    {
        var text = Manifest(resources);
        Assert.NotNull(JsonNode.Parse(text));
        return Exported.OfAsync(_folder.Write("manifest.json", text));
    }
}
