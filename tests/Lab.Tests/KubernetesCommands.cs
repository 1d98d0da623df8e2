using System.Text.Json;
using MsaAspire.Lab.Experiments.Kubernetes;
using Xunit;

namespace Lab.Tests;

/// <summary>What kubectl is told, and what is read from its answers.</summary>
public sealed class KubernetesCommands
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_command_names_the_context_and_a_start_that_fails_takes_its_namespace_away_again()
    {
        using var fake = new KubernetesFake().WithTree();
        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => fake.RunAsync("here", Cancellation));
        Assert.Contains("not in this test", e.Message, StringComparison.Ordinal);
        Assert.All(fake.Asked, line => Assert.StartsWith("--context here ", line, StringComparison.Ordinal));
        var asked = fake.Asked.Select(line => line["--context here ".Length..]).ToList();
        Assert.Contains("create namespace shop-of-a-test", asked);
        Assert.StartsWith("apply --server-side", asked[^2], StringComparison.Ordinal);
        Assert.StartsWith("delete namespace shop-of-a-test ", asked[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("catalog", "catalog:next")]
    [InlineData("ghcr.io/you/catalog:v1", "ghcr.io/you/catalog:next")]
    [InlineData("127.0.0.1:5001/catalog", "127.0.0.1:5001/catalog:next")]
    [InlineData("127.0.0.1:5001/catalog:v1@sha256:00", "127.0.0.1:5001/catalog:next")]
    public void An_image_under_another_tag(string image, string expected) =>
        Assert.Equal(expected, new Workload("catalog", 2, true, "catalog", image).ImageOf("next"));

    [Theory]
    [InlineData("""{ "metadata": { "name": "a" } }""", "a not ready (unknown)")]
    [InlineData("""{ "metadata": { "name": "a" }, "status": { "phase": "Running", "conditions": [ { "type": "Ready", "status": "True" } ] } }""", "a ready")]
    [InlineData("""{ "metadata": { "name": "a", "deletionTimestamp": "2026-01-01T00:00:00Z" }, "status": { "phase": "Running" } }""", "a ends")]
    [InlineData(
        """{ "metadata": { "name": "a" }, "status": { "phase": "Pending", "containerStatuses": [ { "state": { "waiting": { "reason": "ErrImagePull" } } } ] } }""",
        "a not ready (ErrImagePull)")]
    public void A_pod_tells_its_state(string json, string expected)
    {
        using var pod = JsonDocument.Parse(json);
        var state = PodState.Of(pod.RootElement);
        Assert.Equal(expected, $"{state}");
        Assert.Equal(expected.Contains("ErrImagePull", StringComparison.Ordinal), state.LacksImage);
    }

    [Theory]
    [InlineData(2, 2, 2, 2, true)]
    [InlineData(1, 2, 2, 2, false)]
    [InlineData(2, 3, 2, 3, false)]
    [InlineData(2, 2, 1, 2, false)]
    [InlineData(2, 2, 2, 1, false)]
    public void A_deployment_is_done_when_nothing_of_an_older_version_is_left(int seen, int all, int updated, int available, bool expected)
    {
        using var json = JsonDocument.Parse($$"""
            {
              "kind": "Deployment", "metadata": { "name": "catalog", "generation": 2 },
              "spec": { "replicas": 2, "template": { "spec": { "containers": [ { "name": "c", "image": "i" } ] } } },
              "status": { "observedGeneration": {{seen}}, "replicas": {{all}}, "updatedReplicas": {{updated}}, "availableReplicas": {{available}} }
            }
            """);
        Assert.Equal(new("catalog", 2, expected, "c", "i"), Workload.Of(json.RootElement));
    }

    [Fact]
    public void Answered_requests_are_counted_once_each() => Assert.Equal(
        2,
        Balance.Count(
            """
            info: Microsoft.AspNetCore.Hosting.Diagnostics[1]
                  Request starting HTTP/1.1 GET http://catalog/api/products?search=lab-1 - - -
                  Request finished HTTP/1.1 GET http://catalog/api/products?search=lab-1 - 200 - application/json 2.1ms
                  Request finished HTTP/1.1 GET http://catalog/api/products?search=lab-2 - 200 - application/json 2.1ms
            { "Message": "Request finished HTTP/1.1 GET http://catalog/api/products?search=lab-1 - 200" }
            """,
            "lab-1"));
}
