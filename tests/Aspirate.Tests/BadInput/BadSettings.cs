using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using Xunit;

namespace Aspirate.Tests;

public sealed class BadSettings : IDisposable
{
    private static readonly JsonDocumentOptions s_lenient =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly TemporaryFolder _folder = new();
    private readonly string _manifest;

    public BadSettings() => _manifest = _folder.Write("manifest.json", """
        {"resources":{
          "api":{"type":"project.v0","path":"Api.csproj","bindings":{"http":{"scheme":"http","external":true}}},
          "db":{"type":"container.v0","image":"postgres:18.3","volumes":[{"name":"data","target":"/var/lib/postgresql"}]},
          "level":{"type":"value.v0","value":"x"}
        }}
        """);

    /// <summary>What the schema of the file refuses as well.</summary>
    public static TheoryData<string, string> AgainstTheSchema => new()
    {
        { """{"resorces":{}}""", "resorces" },
        { """{"resources":{"api":{"replica":2}}}""", "replica" },
        { """{"resources":{"api":{"replicas":"2"}}}""", "replicas" },
        { """{"resources":{"api":{"replicas":-1}}}""", "resources.api.replicas" },
        { """{"resources":{"api":{"cpu":{"request":"1"}}}}""", "limit" },
        { """{"resources":{"api":{"autoscale":{"min":0,"max":2}}}}""", "resources.api.autoscale" },
        { """{"resources":{"api":{"autoscale":{"min":1}}}}""", "max" },
        { """{"resources":{"api":{"user":0}}}""", "resources.api.user" },
        { """{"resources":{"api":{"drainSeconds":4000}}}""", "resources.api.drainSeconds" },
        { """{"resources":{"api":{"probes":{"startSeconds":0}}}}""", "resources.api.probes.startSeconds" },
        { """{"resources":{"api":{"probes":{"command":[]}}}}""", "resources.api.probes.command" },
        { """{"resources":{"api":{"probes":"https"}}}""", "\"https\"" },
        { """{"resources":{"api":{"autoscale":{"min":1,"max":2,"cpuPercent":70}}}}""", "cpuPercent" },
        { """{"resources":{"api":{"arguments":[null]}}}""", "arguments" },
        { """{"resources":{"api":{"environment":{"A":null}}}}""", "environment" },
        { """{"resources":{"api":null}}""", "api" },
        { """{"overlays":{"dev":null}}""", "dev" },
        { """{"namespace":"My Shop"}""", "\"My Shop\"" },
        { """{"tag":"a b"}""", "tag" },
        { """{"overlays":{"prod":{"tag":"a b"}}}""", "tag" },
        { "[]", "aspirate.json" },
        { "{", "aspirate.json" },
    };

    /// <summary>What only Kubernetes would refuse, or nobody would read.</summary>
    public static TheoryData<string, string> AgainstKubernetes => new()
    {
        { """{"resources":{"apis":{}}}""", "resources.apis" },
        { """{"resources":{"level":{}}}""", "resources.level" },
        { """{"overlays":{"prod":{"resources":{"apis":{}}}}}""", "overlays.prod.resources.apis" },
        { """{"resources":{"api":{"memory":{"request":"256MB","limit":"1Gi"}}}}""", "resources.api.memory.request" },
        { """{"resources":{"api":{"cpu":{"request":"some","limit":"1"}}}}""", "resources.api.cpu.request" },
        { """{"resources":{"api":{"cpu":{"request":"2","limit":"1"}}}}""", "resources.api.cpu" },
        { """{"overlays":{"prod":{"resources":{"api":{"cpu":{"request":"2","limit":"1"}}}}}}""", "overlays.prod.resources.api.cpu" },
        { """{"resources":{"db":{"storage":"10 GB"}}}""", "resources.db.storage" },
        { """{"resources":{"db":{"replicas":2}}}""", "\"db\"" },
        { """{"overlays":{"prod":{"resources":{"db":{"replicas":2}}}}}""", "\"db\"" },
        { """{"resources":{"db":{"autoscale":{"min":1,"max":2}}}}""", "\"db\"" },
        { """{"resources":{"api":{"autoscale":{"min":3,"max":2}}}}""", "resources.api.autoscale" },
        { """{"resources":{"api":{"egress":["billing.example.org"]}}}""", "billing.example.org" },
        { """{"resources":{"api":{"egress":["10.0.0.0/8:0"]}}}""", "10.0.0.0/8:0" },
        { """{"resources":{"api":{"probes":{"binding":"tcp"}}}}""", "resources.api.probes.binding" },
        { """{"resources":{"db":{"probes":"http"}}}""", "resources.db.probes" },
        { """{"resources":{"api":{"autoscale":{"min":1,"max":2,"cpu":"a lot"}}}}""", "resources.api.autoscale" },
        { """{"resources":{"api":{"environment":{"A:B":"x"}}}}""", "\"A:B\"" },
        { """{"resources":{"api":{"writable":["var/cache"]}}}""", "resources.api.writable" },
        { """{"resources":{"api":{"writable":["/var/cache","/var/cache/"]}}}""", "resources.api.writable" },
        { """{"ingress":{"host":"Shop Example"}}""", "ingress.host" },
        { """{"ingress":{"host":"https://shop.example"}}""", "ingress.host" },
        { """{"resources":{"api":{"host":"a..b"}}}""", "resources.api.host" },
        { """{"ingress":{"tlsSecret":"Shop TLS"}}""", "ingress.tlsSecret" },
        { """{"containers":{"pullSecret":"My Secret"}}""", "containers.pullSecret" },
        { """{"overlays":{"../../outside":{}}}""", "../../outside" },
        { """{"overlays":{"":{}}}""", "overlays" },
        { """{"overlays":{"prod":{"resources":{"api":{"environment":{"A":"x"}}}}}}""", "overlays.prod.resources.api.environment" },
        { """{"overlays":{"prod":{"resources":{"api":{"user":1000}}}}}""", "overlays.prod.resources.api.user" },
        { """{"overlays":{"prod":{"resources":{"db":{"storage":"20Gi"}}}}}""", "overlays.prod.resources.db.storage" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(AgainstTheSchema))]
    public async Task What_the_schema_refuses_the_tool_refuses_by_name(string settings, string named)
    {
        await RefuseAsync(settings, named);
        if (settings != "{")
            Assert.NotEmpty((await SchemaAsync()).Validate(settings));
    }

    [Theory, MemberData(nameof(AgainstKubernetes))]
    public Task What_Kubernetes_would_refuse_or_nobody_read_is_refused_by_name(string settings, string named) =>
        RefuseAsync(settings, named);

    [Fact]
    public async Task The_settings_of_the_shop_and_of_the_corpus_keep_the_schema()
    {
        var schema = await SchemaAsync();
        var files = Directory.GetFiles(Path.Combine(Repository.Project, "Corpus"), "aspirate.json", SearchOption.AllDirectories)
            .Append(Path.Combine(Repository.AppHost, "aspirate.json"));
        Assert.All(files, file => Assert.Empty(schema.Validate(
            JsonNode.Parse(File.ReadAllText(file), documentOptions: s_lenient)!.ToJsonString())));
    }

    private static Task<JsonSchema> SchemaAsync() =>
        JsonSchema.FromFileAsync(Path.Combine(Repository.Root, "hosting", "aspirate", "aspirate.schema.json"));

    private Task RefuseAsync(string settings, string named)
    {
        _folder.Write("aspirate.json", settings);
        return Refusal.AssertAsync(_folder, ["generate", "-m", _manifest], named);
    }
}
