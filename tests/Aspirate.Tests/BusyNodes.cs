using System.Text.Json.Nodes;
using Xunit;

namespace Aspirate.Tests;

/// <summary>What an export does to a small node that is busy: a restart or one pod more makes it busier.</summary>
public sealed class BusyNodes(Exports exports)
{
    private const decimal NodeCores = 2, SystemCores = 1;

    [Theory, MemberData(nameof(Promises.Cases), MemberType = typeof(Promises))]
    public async Task Only_what_has_not_answered_for_two_minutes_is_restarted(string name) => await exports.AssertNoneAsync(name, rendering =>
        from workload in rendering.Workloads
        let probe = Container(workload).At("livenessProbe")
        where probe is not null && (probe.Number("periodSeconds") * probe.Number("failureThreshold") < 120 || probe.Number("timeoutSeconds") < 10)
        select $"{workload.Name()} is restarted after {probe.Number("failureThreshold")} failures in {probe.Number("periodSeconds")} s each");

    [Fact]
    public async Task A_server_is_restarted_when_it_does_not_listen_and_not_when_a_command_is_slow()
    {
        var rendering = (await exports.OfAsync(Exports.Shop)).Base;

        Assert.Equal(["broker", "postgres"], rendering.Of("StatefulSet").Select(s => s.Name()).Order());
        Assert.All(rendering.Of("StatefulSet"), server =>
        {
            Assert.NotNull(Container(server).At("livenessProbe/tcpSocket"));
            Assert.NotNull(Container(server).At("startupProbe/tcpSocket"));
        });
    }

    [Fact]
    public async Task No_probe_of_a_server_costs_more_than_a_connection_or_pg_isready_which_may_take_as_long_as_its_probe()
    {
        var rendering = (await exports.OfAsync(Exports.Shop)).Base;

        var command = Kubelet.Container(rendering, "postgres").At("readinessProbe");
        Assert.Equal("pg_isready", command.Text("exec/command/0"));
        var limit = Assert.Single(command.Items("exec/command").Select(a => a.GetValue<string>()), a => a.StartsWith("--timeout=", StringComparison.Ordinal));
        // Its own default is 3 s, whatever the probe allows.
        Assert.InRange(int.Parse(limit.Split('=')[1]), 4, (int)command.Number("timeoutSeconds")!.Value - 1);
        Assert.NotNull(Kubelet.Container(rendering, "broker").At("readinessProbe/tcpSocket"));
    }

    [Fact]
    public async Task In_development_the_shop_fits_a_node_of_two_cores_with_room_to_update_all_services()
    {
        var rendering = (await exports.OfAsync(Exports.Shop)).Overlay("dev");

        var all = rendering.Workloads.Sum(w => Request(w) * (w.Number("spec/replicas") ?? 1));
        var surge = rendering.Of("Deployment").Sum(d => Request(d) * (d.Number("spec/strategy/rollingUpdate/maxSurge") ?? 0));
        Assert.InRange(all + surge, 0.1m, NodeCores - SystemCores);
    }

    [Fact]
    public async Task Pods_that_start_are_no_reason_for_more_pods()
    {
        var autoscalers = (await exports.OfAsync(Exports.Shop)).Overlay("prod").Of("HorizontalPodAutoscaler").ToList();

        Assert.NotEmpty(autoscalers);
        Assert.All(autoscalers, autoscaler =>
        {
            var up = autoscaler.At("spec/behavior/scaleUp");
            Assert.True(up.Number("stabilizationWindowSeconds") >= 120);
            Assert.Equal("Pods", up.Text("policies/0/type"));
            // A share of a small request would be reached by the start alone.
            Assert.Equal("AverageValue", autoscaler.Text("spec/metrics/0/resource/target/type"));
        });
    }

    [Fact]
    public async Task On_a_full_node_a_server_goes_before_services()
    {
        var rendering = (await exports.OfAsync(Exports.Shop)).Base;

        var priority = Assert.Single(rendering.Of("PriorityClass"));
        Assert.True(priority.Number("value") > 0);
        Assert.False(priority.Flag("globalDefault") is true);
        Assert.All(rendering.Of("StatefulSet"), s => Assert.Equal(priority.Name(), s.Text("spec/template/spec/priorityClassName")));
        Assert.All(rendering.Of("Deployment"), d => Assert.Null(d.At("spec/template/spec/priorityClassName")));
    }

    private static JsonNode Container(JsonObject workload) => workload.At("spec/template/spec/containers/0")!;

    private static decimal Request(JsonObject workload) => ServerRules.Amount(Container(workload).Text("resources/requests/cpu"))!.Value;
}
