using System.Net.Sockets;
using Xunit;

namespace Aspirate.Tests;

public sealed class BadManifests : IDisposable
{
    private const string Api = """{"type":"project.v0","path":"Api.csproj","bindings":{"http":{"scheme":"http"}}}""";

    private readonly TemporaryFolder _folder = new();

    /// <summary>Resources, and what the error must name.</summary>
    public static TheoryData<string, string[]> Unreadable => new()
    {
        { "", ["not JSON", "Have the AppHost write it again"] },
        { "{", ["not JSON"] },
        { "{}", ["no \"resources\""] },
        { "[]", ["no \"resources\""] },
        { """{"resources":[]}""", ["no \"resources\""] },
        { """{"resources":{"bad":{"type":"project.v0"}}}""", ["\"bad\": path is missing"] },
        { """{"resources":{"bad":{}}}""", ["\"bad\": type is missing"] },
        { """{"resources":{"bad":[]}}""", ["\"bad\" is not an object"] },
        { """{"resources":{"bad":{"type":"container.v0","image":"x","env":{"A":1}}}}""", ["\"bad\": env.A is not a text"] },
        { """{"resources":{"bad":{"type":"container.v0","image":"x","bindings":{"http":{"scheme":"http","targetPort":70000}}}}}""",
            ["bindings.http.targetPort is not a port"] },
        { """{"resources":{"bad":{"type":"container.v0","image":"x","volumes":[1]}}}""", ["volumes[0] is not an object"] },
        { """{"resources":{"bad":{"type":"container.v1","build":{"context":"."}}}}""", ["build.dockerfile is missing"] },
        { """{"resources":{"first":{"type":"azure.bicep.v0"},"second":{"type":"aws.cdk.v0"}}}""",
            ["\"first\"", "azure.bicep.v0", "\"second\"", "aws.cdk.v0", "Change the app model"] },
        { $$$"""{"resources":{"Api":{{{Api}}},"api":{{{Api}}}}}""", ["\"api\"", "twice", "more than case"] },
        { $$$"""{"resources":{"api":{{{Api}}},"api":{{{Api}}}}}""", ["\"api\"", "twice"] },
        {
            """{"resources":{"p":{"type":"parameter.v0","value":"x","inputs":{"value":{"type":"string"},"value":{"type":"string"}}}}}""",
            ["\"p\""]
        },
    };

    public static TheoryData<string, string[]> References => new()
    {
        { "{nobody.bindings.http.url}", ["\"api\"", "{nobody.bindings.http.url}", "no such resource", "Correct the reference"] },
        { "{api.bindings.tcp.url}", ["{api.bindings.tcp.url}", "no such binding"] },
        { "{api.bindings.http.uri}", ["{api.bindings.http.uri}", "no such property"] },
        { "{api.connectionString}", ["{api.connectionString}", "no such property"] },
        { "{key.inputs.other}", ["{key.inputs.other}", "no such input"] },
        { "{strange.value}", ["\"upper\"", "only \"uri\" is"] },
        { "{circle.connectionString}", ["\"api\"", "circular reference", "Remove it"] },
        { "{itself.value}", ["\"api\"", "circular reference"] },
    };

    public static TheoryData<string, string[]> Impossible => new()
    {
        { """{"type":"container.v0","image":"x","bindings":{"tcp":{"scheme":"tcp"}}}""", ["\"bad\"", "\"tcp\"", "without a target port"] },
        { """{"type":"container.v0","image":"x","env":{"A:B":"x"}}""", ["\"bad\"", "\"A:B\"", "reads '__' as ':'"] },
        { """{"type":"container.v0","image":"x","env":{"A=B":"x"}}""", ["\"bad\"", "\"A=B\""] },
        { """{"type":"container.v0","image":"x","env":{"1ST":"x"}}""", ["\"bad\"", "\"1ST\""] },
        { """{"type":"container.v0","image":"x","env":{"A\n":"x"}}""", ["\"bad\"", "\"A\n\""] },
        { """{"type":"executable.v0","workingDirectory":".","command":"cobol"}""",
            ["\"bad\"", "cobol", "resources.bad.baseImage", "PublishAsDockerFile"] },
        // What is installed beside the interpreter on this machine is in no image.
        { """{"type":"executable.v0","workingDirectory":".","command":"uvicorn"}""", ["\"bad\"", "uvicorn", "resources.bad.baseImage"] },
        { """{"type":"executable.v0","workingDirectory":".","command":"../.venv/Scripts/python.exe"}""", ["\"bad\"", "../.venv", "resources.bad.baseImage"] },
        { """{"type":"project.v0","path":"A.csproj","containerFiles":{"site":{"destination":"wwwroot","sources":["/app/dist"]}}}""",
            ["\"bad\"", "files of site", "containerFiles", "Dockerfile"] },
        { """{"type":"container.v0","image":"x","bindMounts":[{"source":"gone","target":"/x"}]}""", ["\"bad\"", "gone", "Create it"] },
        { """{"type":"container.v0","image":"x","bindMounts":[{"source":"large","target":"/x"}]}""", ["\"bad\"", "large", "1 MiB"] },
    };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_that_is_not_there_is_named_with_the_options_that_would_find_another()
    {
        await Refusal.AssertAsync(
            _folder, ["generate", "-m", _folder["gone.json"]], _folder["gone.json"], "--aspire-manifest", "--project-path");
        await Refusal.AssertAsync(_folder, ["generate", "-m", _folder.Path], _folder.Path, "--aspire-manifest");
    }

    [Theory, MemberData(nameof(Unreadable))]
    public Task What_cannot_be_read_is_named_all_of_it(string manifest, string[] named) => RefuseAsync(manifest, named);

    [Theory, MemberData(nameof(References))]
    public Task A_reference_that_leads_nowhere_is_named_with_the_resource_that_has_it(string reference, string[] named) => RefuseAsync(
        $$$"""
        {"resources":{
          "api":{"type":"project.v0","path":"Api.csproj","env":{"A":"{{{reference}}}"},"bindings":{"http":{"scheme":"http"} } },
          "key":{"type":"parameter.v0","value":"{key.inputs.value}",
            "inputs":{"value":{"type":"string","secret":true,"default":{"value":"hush"} } } },
          "strange":{"type":"value.v0","value":"{upper.value}"},
          "upper":{"type":"annotated.string","value":"{key.value}","filter":"upper"},
          "circle":{"type":"value.v0","connectionString":"{round.connectionString}"},
          "round":{"type":"value.v0","connectionString":"x={circle.connectionString};y={circle.connectionString}"},
          "itself":{"type":"value.v0","value":"{itself.value}"}
        }}
        """, named);

    [Theory, MemberData(nameof(Impossible))]
    public async Task What_has_no_place_in_a_cluster_is_named_with_a_way_out(string resource, string[] named)
    {
        await File.WriteAllBytesAsync(
            Path.Combine(Directory.CreateDirectory(_folder["large"]).FullName, "file"), new byte[(1024 * 1024) + 1],
            TestContext.Current.CancellationToken);
        await RefuseAsync($$$"""{"resources":{"bad":{{{resource}}}}}""", named);
    }

    [Fact]
    public async Task What_is_not_exported_is_said_by_name()
    {
        var manifest = _folder.Write("manifest.json", """
            {"resources":{
              "site":{"type":"container.v1","build":{"context":".","dockerfile":"Dockerfile","buildOnly":true}},
              "api":{"type":"container.v1","build":{"context":".","dockerfile":"Dockerfile","network":"host"},"gpus":1}
            }}
            """);
        var run = await Tool.RunAsync("generate", "-m", manifest, "--skip-build", "--non-interactive", "--output-path", _folder["tree"]);

        Assert.Equal(0, run.ExitCode);
        var said = run.Output + run.Error;
        Assert.Contains("site is built for others only", said, StringComparison.Ordinal);
        Assert.Contains("api has gpus in the manifest", said, StringComparison.Ordinal);
        Assert.Contains("api has build.network in the manifest", said, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_folder["tree"], "base", "site")));
    }

    [Theory]
    [InlineData("a_b")]
    [InlineData("1st")]
    [InlineData("a.b")]
    [InlineData("ends-")]
    [InlineData("line\n")]
    [InlineData("a23456789-123456789-123456789-123456789-123456789-xyz")]
    public Task A_name_that_DNS_does_not_take_is_refused(string name) =>
        RefuseAsync($$$"""{"resources":{"{{{name.Replace("\n", "\\n")}}}":{{{Api}}}}}""", $"\"{name}\"", "Rename it in the app model");

    /// <summary>A secret that nothing has been made with yet is not to be kept: the next export may have another password.</summary>
    [Fact]
    public Task One_that_cannot_be_exported_leaves_no_state() => RefuseAsync(
        """
        {"resources":{
          "bad":{"type":"container.v0","image":"x","env":{"A":"{nobody.value}"}},
          "key":{"type":"parameter.v0","value":"{key.inputs.value}",
            "inputs":{"value":{"type":"string","secret":true,"default":{"generate":{}}}}}
        }}
        """, "\"bad\"", "{nobody.value}");

    /// <summary>The engine's own, say. Reading it as a file would wait or fail.</summary>
    [Fact]
    public async Task A_mounted_socket_is_refused()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder["engine.sock"]));
        var manifest = _folder.Write("m/manifest.json", """
            {"resources":{"bad":{"type":"container.v0","image":"x","bindMounts":[{"source":"../engine.sock","target":"/x"}]}}}
            """);
        using var output = new TemporaryFolder();
        var run = await Tool.RunAsync("generate", "-m", manifest, "--skip-build", "--non-interactive", "--output-path", output["tree"]);
        Refusal.AssertSaid(run, "\"bad\"", "engine.sock");
    }

    private Task RefuseAsync(string manifest, params string[] named) => Refusal.AssertAsync(
        _folder, ["generate", "-m", _folder.Write("manifest.json", manifest), "--secret-password", "hush-password"], named);
}
