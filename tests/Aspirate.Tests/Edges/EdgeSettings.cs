using Xunit;

namespace Aspirate.Tests;

/// <summary>Settings that overlap, or that a rule of thumb does not fit.</summary>
public sealed class EdgeSettings : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_overlay_s_autoscaler_replaces_the_base_s()
    {
        var exported = await ExportAsync("""
            {
              "resources": { "api": { "autoscale": { "min": 2, "max": 4 } } },
              "overlays": { "prod": { "resources": { "api": { "autoscale": { "min": 3, "max": 30 } } } } }
            }
            """);
        var autoscaler = Assert.Single(exported.Overlay("prod").Of("HorizontalPodAutoscaler"));
        Assert.Equal((3, 30), (autoscaler.Number("spec/minReplicas"), autoscaler.Number("spec/maxReplicas")));
    }

    /// <summary>Two of a scheduler do everything twice.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_number_of_replicas_that_was_asked_for_is_not_doubled_in_production(int replicas)
    {
        var exported = await ExportAsync($$"""{ "resources": { "api": { "replicas": {{replicas}} } } }""");
        Assert.Equal(replicas, Kubelet.Workload(exported.Overlay("prod"), "api").Number("spec/replicas"));
    }

    [Fact]
    public async Task Development_never_sets_aside_more_than_the_limit()
    {
        var exported = await ExportAsync("""{ "resources": { "api": { "cpu": { "request": "10m", "limit": "20m" } } } }""");
        Assert.All(exported.Renderings, r => Assert.Empty(ServerRules.Problems(r)));
    }

    [Theory]
    [InlineData("prometheus-metrics-endpoint", 9153)]
    [InlineData("https", 8080)]
    public async Task Any_binding_of_the_model_can_be_probed(string binding, int port)
    {
        var exported = await ExportAsync($$"""{ "resources": { "api": { "probes": { "binding": "{{binding}}" } } } }""");
        var container = Kubelet.Container(exported.Base, "api");
        Assert.Equal(port, container.Items("ports").Single(p => p.Text("name") == container.Text("readinessProbe/tcpSocket/port"))
            .Number("containerPort"));
    }

    /// <summary>The kubelet asks by HTTP/1.1, and a process that serves HTTP/2 without TLS answers nothing else: 400, for ever.</summary>
    [Fact]
    public async Task What_serves_HTTP_2_only_is_not_asked_by_HTTP_1()
    {
        var exported = await Exported.OfAsync(_folder.Write("manifest.json", """
            {"resources":{"api":{"type":"project.v0","path":"Api.csproj","bindings":{"http":{"scheme":"http","transport":"http2"}}}}}
            """));
        Assert.Null(Kubelet.Container(exported.Base, "api").At("readinessProbe/httpGet"));
    }

    [Fact]
    public async Task An_outside_address_in_an_argument_can_be_reached()
    {
        var exported = await Exported.OfAsync(_folder.Write("manifest.json", """
            {"resources":{"api":{"type":"project.v0","path":"Api.csproj","args":["--billing","https://billing.example.org:8443/v1"]}}}
            """));
        var policy = exported.Base.Of("NetworkPolicy").Single(p => p.Name() == "api");
        Assert.Contains(policy.Items("spec/egress"), rule => rule.Number("ports/0/port") == 8443);
    }

    private Task<Exported> ExportAsync(string settings)
    {
        _folder.Write("aspirate.json", settings);
        return Exported.OfAsync(_folder.Write("manifest.json", """
            {"resources":{"api":{"type":"project.v0","path":"Api.csproj","bindings":{
              "http":{"scheme":"http"},"https":{"scheme":"https"},"prometheus-metrics-endpoint":{"scheme":"http","targetPort":9153}}}}}
            """));
    }
}
