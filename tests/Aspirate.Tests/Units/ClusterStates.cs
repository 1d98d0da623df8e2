using System.Text.Json;
using MsaAspire.Aspirate.Cluster;
using Xunit;

namespace Aspirate.Tests;

/// <summary>What is said of workloads and pods, from states as a cluster reports them.</summary>
public sealed class ClusterStates
{
    [Theory]
    [InlineData("""{ "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2, "observedGeneration": 3 }""", 2, true)]
    // The controller has not seen the change yet, so what it says is of the version before.
    [InlineData("""{ "replicas": 2, "updatedReplicas": 2, "availableReplicas": 2, "observedGeneration": 2 }""", 2, false)]
    [InlineData("""{ "replicas": 3, "updatedReplicas": 1, "availableReplicas": 2, "observedGeneration": 3 }""", 1, false)]
    // Old pods are still there.
    [InlineData("""{ "replicas": 3, "updatedReplicas": 2, "availableReplicas": 3, "observedGeneration": 3 }""", 2, false)]
    [InlineData("""{ "replicas": 2, "updatedReplicas": 2, "availableReplicas": 1, "observedGeneration": 3 }""", 1, false)]
    [InlineData("""{ "observedGeneration": 3 }""", 0, false)]
    [InlineData("{}", 0, false)]
    public void A_rollout_is_done_when_nothing_of_an_older_version_is_left(string status, int ready, bool isDone)
    {
        var rollout = RolloutOf(status);
        Assert.Equal(("deployment/api", ready, 2, isDone, (string?)null),
            (rollout.Name, rollout.Ready, rollout.Wanted, rollout.IsDone, rollout.Failure));
    }

    [Fact]
    public void Without_a_status_nothing_is_done() => Assert.False(Rollout.Of(Json("""
        { "kind": "StatefulSet", "metadata": { "name": "db", "generation": 1 }, "spec": {} }
        """)).IsDone);

    [Fact]
    public void Nothing_wanted_is_done_at_once()
    {
        var rollout = Rollout.Of(Json("""
            {
              "kind": "Deployment", "metadata": { "name": "api", "generation": 1 }, "spec": { "replicas": 0 },
              "status": { "observedGeneration": 1 }
            }
            """));
        Assert.Equal((0, true), (rollout.Wanted, rollout.IsDone));
    }

    [Theory]
    [InlineData(3, "ReplicaSet \"api-5\" has timed out progressing.")]
    // Of the version before.
    [InlineData(2, null)]
    public void A_rollout_that_has_timed_out_will_not_come_by_itself(int seen, string? failure) => Assert.Equal(failure, RolloutOf($$"""
        { "observedGeneration": {{seen}}, "conditions": [
          { "type": "Available", "status": "False", "reason": "MinimumReplicasUnavailable" },
          {
            "type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded",
            "message": "ReplicaSet \"api-5\" has timed out progressing."
          } ] }
        """).Failure);

    public static TheoryData<string, string> Pods => new()
    {
        {
            """{ "conditions": [ { "type": "PodScheduled", "status": "False", "message": "0/3 nodes are available." } ] }""",
            "not scheduled: 0/3 nodes are available."
        },
        { Container("""{ "waiting": { "reason": "ImagePullBackOff", "message": "no such image" } }"""),
            "api waits: ImagePullBackOff no such image" },
        { Container("""{ "waiting": { "reason": "CreateContainerConfigError" } }"""), "api waits: CreateContainerConfigError" },
        {
            Container("""{ "waiting": { "reason": "CrashLoopBackOff", "message": "back-off 40s" } }""",
                """{ "terminated": { "exitCode": 139, "reason": "Error" } }"""),
            "api waits: CrashLoopBackOff back-off 40s; api ended before with exit code 139 (Error)"
        },
        {
            Container("""{ "running": {} }""", """{ "terminated": { "exitCode": 137, "reason": "OOMKilled" } }"""),
            "api ended before with exit code 137 (OOMKilled); api runs, and its readiness probe fails"
        },
        { Container("""{ "terminated": { "exitCode": 1, "reason": "Error" } }"""), "api ended with exit code 1 (Error)" },
        {
            """{ "phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: memory." }""",
            "Evicted: The node was low on resource: memory."
        },
        {
            """{ "initContainerStatuses": [ { "name": "init", "ready": false, "state": { "waiting": { "reason": "ErrImagePull" } } } ] }""",
            "init waits: ErrImagePull"
        },
        { """{ "containerStatuses": [ { "name": "api", "ready": true, "state": { "running": {} } } ] }""", "" },
        // Nothing to tell yet.
        { Container("""{ "waiting": { "reason": "ContainerCreating" } }"""), "" },
        { "{}", "" },
    };

    [Theory, MemberData(nameof(Pods))]
    public void A_pod_that_is_not_ready_says_why(string status, string reasons) =>
        Assert.Equal(reasons,
            string.Join("; ", PodDiagnostics.Reasons(Json($$"""{ "metadata": { "name": "api-1" }, "status": {{status}} }"""))));

    [Theory]
    [InlineData("default")]
    [InlineData("shop-2")]
    [InlineData("on")]
    [InlineData("null")]
    public async Task The_namespace_is_read_from_the_rendered_tree(string name)
    {
        using var folder = new TemporaryFolder();
        var manifest = folder.Write(
            "manifest.json", """{"resources":{"x":{"type":"container.v0","image":"x:1","env":{"namespace":"other"}}}}""");
        var exported = await Exported.OfAsync(manifest, "--namespace", name);
        Assert.All(exported.Renderings, r => Assert.Equal(name, Deployment.Of(new("test"), r.Text).Namespace));
    }

    private static string Container(string state, string lastState = "{}") =>
        $$"""{ "containerStatuses": [ { "name": "api", "ready": false, "state": {{state}}, "lastState": {{lastState}} } ] }""";

    private static Rollout RolloutOf(string status) => Rollout.Of(Json($$"""
        { "kind": "Deployment", "metadata": { "name": "api", "generation": 3 }, "spec": { "replicas": 2 }, "status": {{status}} }
        """));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
