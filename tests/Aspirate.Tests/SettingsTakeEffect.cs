using System.Text.Json.Nodes;
using Xunit;

namespace Aspirate.Tests;

/// <summary>What <c>aspirate.json</c> asks for is in the rendered objects.</summary>
public sealed class SettingsTakeEffect(Exports exports)
{
    [Theory]
    [InlineData("base", 3, "200m", "256Mi", "1.0")]
    [InlineData("dev", 1, "25m", "256Mi", "dev")]
    [InlineData("prod", null, "200m", "512Mi", "2.0")]
    [InlineData("staging", 2, "200m", "256Mi", "1.0")]
    public async Task Each_overlay_has_its_own_replicas_resources_and_tag(
        string overlay, int? replicas, string cpu, string memory, string tag)
    {
        var rendering = (await exports.OfAsync("15-settings")).Overlay(overlay);
        var api = Kubelet.Workload(rendering, "api");
        var container = Kubelet.Container(rendering, "api");
        Assert.Equal(replicas, (int?)api.Number("spec/replicas"));
        Assert.Equal((cpu, memory), (container.Text("resources/requests/cpu"), container.Text("resources/requests/memory")));
        Assert.Equal($"registry.example:5000/team/shop/api:{tag}", container.Text("image"));
        Assert.Equal(tag, api.Map("metadata/labels")["app.kubernetes.io/version"]);
        Assert.Equal(tag, api.Map("spec/template/metadata/labels")["app.kubernetes.io/version"]);
    }

    [Fact]
    public async Task An_autoscaler_is_where_it_is_asked_for()
    {
        var exported = await exports.OfAsync("15-settings");
        string? Cpu(JsonObject a) => a.Text("spec/metrics/0/resource/target/averageValue");
        string Autoscalers(string overlay) => string.Join(", ", exported.Overlay(overlay).Of("HorizontalPodAutoscaler").Select(a =>
            $"{a.Name()} {a.Number("spec/minReplicas")}-{a.Number("spec/maxReplicas")} at {Cpu(a)}").Order());
        Assert.Equal("jobs 1-4 at 500m", Autoscalers("base"));
        Assert.Equal("api 3-9 at 600m, jobs 1-4 at 500m", Autoscalers("prod"));
    }

    [Fact]
    public async Task A_user_writable_folders_and_the_time_to_drain_are_the_pod_s()
    {
        var rendering = (await exports.OfAsync("15-settings")).Base;
        var pod = Kubelet.Workload(rendering, "api").At("spec/template/spec")!;
        var context = pod.At("securityContext");
        Assert.Equal((4242, 4242, 4242), (context.Number("runAsUser"), context.Number("runAsGroup"), context.Number("fsGroup")));
        Assert.Equal(["/tmp", "/var/cache"], pod.Items("containers/0/volumeMounts").Select(m => m.Text("mountPath")));
        Assert.Equal(40, pod.Number("containers/0/lifecycle/preStop/sleep/seconds"));
        Assert.Equal("registry-key", rendering.Of("ServiceAccount").First().Text("imagePullSecrets/0/name"));
        var older = Kubelet.Container((await exports.OfAsync("06-executables")).Base, "ui");
        Assert.Null(older.At("lifecycle"));
        Assert.Contains(older.Items("volumeMounts"), m => m.Text("mountPath") == "/app/.cache");
    }

    [Fact]
    public async Task A_probe_asks_what_the_settings_say()
    {
        var rendering = (await exports.OfAsync("15-settings")).Base;
        var api = Kubelet.Container(rendering, "api");
        Assert.Equal(
            ("/live", "/ready", "/live"),
            (api.Text("startupProbe/httpGet/path"), api.Text("readinessProbe/httpGet/path"), api.Text("livenessProbe/httpGet/path")));
        Assert.Equal(30, api.Number("startupProbe/periodSeconds") * api.Number("startupProbe/failureThreshold"));
        Assert.Equal("tcp", Kubelet.Container(rendering, "files").Text("readinessProbe/tcpSocket/port"));
        Assert.Equal("dotnet", Kubelet.Container(rendering, "jobs").Text("livenessProbe/exec/command/0"));
    }

    [Fact]
    public async Task Egress_is_what_the_settings_name_else_the_ports_of_outside_addresses()
    {
        var rendering = (await exports.OfAsync("15-settings")).Base;
        string Outside(string workload) => string.Join(", ",
            from rule in rendering.Of("NetworkPolicy").Single(p => p.Name() == workload).Items("spec/egress")
            from peer in rule.Items("to")
            where peer.At("ipBlock") is not null
            select $"{peer.Text("ipBlock/cidr")} {rule.Number("ports/0/port")}");
        Assert.Equal("10.1.0.0/16 5432, 2001:db8::/32 443, 192.168.0.0/24 ", Outside("api"));
        Assert.Equal("0.0.0.0/0 443, ::/0 443", Outside("jobs"));
        Assert.Equal("", Outside("files"));
    }

    [Fact]
    public async Task Images_of_others_keep_their_tag_in_every_overlay()
    {
        var exported = await exports.OfAsync("15-settings");
        Assert.All(exported.Renderings, r => Assert.Equal("ghcr.io/example/files:2", Kubelet.Container(r, "files").Text("image")));
    }

    [Theory]
    [InlineData("05-built", "site", 1000)]
    [InlineData("05-built", "old", 1234)]
    [InlineData("05-built", "missing", null)]
    [InlineData("04-container", "proxy", 101)]
    [InlineData("10-broker-and-cache", "broker", 100)]
    [InlineData("10-broker-and-cache", "cache", 999)]
    [InlineData("01-projects", "catalog", 1654)]
    public async Task Each_image_runs_as_its_own_user(string name, string workload, int? user) =>
        Assert.Equal(user, Kubelet.Workload((await exports.OfAsync(name)).Base, workload)
            .Number("spec/template/spec/securityContext/runAsUser"));
}
