using System.Text.Json.Nodes;
using Xunit;

namespace Aspirate.Tests;

/// <summary>The validators of these tests find what is wrong, or finding nothing would mean nothing.</summary>
public sealed class ValidatorRules
{
    [Theory]
    [InlineData("""{"apiVersion":"v1","kind":"Pood"}""", "v1/Pood is no kind")]
    [InlineData("""{"apiVersion":"v1","kind":"Service","spec":{"port":1}}""", "spec.port is no field")]
    [InlineData("""{"apiVersion":"v1","kind":"Service","spec":{"ports":[{"port":"80"}]}}""",
        "spec.ports[0].port is \"80\", and should be integer int32")]
    [InlineData("""{"apiVersion":"v1","kind":"Service","spec":{"ports":[{"name":"x"}]}}""", "spec.ports[0] lacks port")]
    [InlineData("""{"apiVersion":"v1","kind":"Service","spec":{"ports":[{"port":1,"targetPort":true}]}}""",
        "should be string int-or-string")]
    [InlineData("""{"apiVersion":"v1","kind":"Service","spec":{"type":"Inside"}}""", "which is none of")]
    [InlineData("""{"apiVersion":"v1","kind":"Secret","data":{"a":"not base64!"}}""", "data.a is not base64")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","data":{"a":true}}""", "data.a is true, and should be string")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap","data":{"a":null}}""", "data.a is null, and should be string")]
    public void A_wrong_object_is_found(string json, string problem) =>
        Assert.Contains(problem, string.Join('\n', KubernetesSchema.Instance.Problems(JsonNode.Parse(json)!.AsObject())));

    [Theory]
    [InlineData("a: on", "true")]
    [InlineData("a: 0x10", """{"not a text":"0x10"}""")]
    [InlineData("a: 1e3", """{"not a text":"1e3"}""")]
    [InlineData("a: 2026-01-01", """{"not a text":"2026-01-01"}""")]
    [InlineData("a: 1:30", """{"not a text":"1:30"}""")]
    [InlineData("a: ~", "null")]
    [InlineData("a: 12", "12")]
    [InlineData("a: 'on'", "\"on\"")]
    [InlineData("a: 1.2.3", "\"1.2.3\"")]
    [InlineData("a: 10Gi", "\"10Gi\"")]
    [InlineData("a: 1.5", """{"not a text":"1.5"}""")]
    public void A_scalar_without_quotes_is_read_as_any_YAML_may(string yaml, string json) =>
        Assert.Equal(json, YamlReader.Document(yaml)!["a"]?.ToJsonString() ?? "null");

    [Theory]
    // Where no policy selects a pod, everything is open.
    [InlineData("", "a -> b:80/TCP, b -> a:81/TCP")]
    [InlineData("{ podSelector: {}, policyTypes: [ Ingress ] }", "")]
    [InlineData("{ podSelector: { matchLabels: { app: b } }, policyTypes: [ Ingress ] }", "b -> a:81/TCP")]
    [InlineData(
        "{ podSelector: { matchLabels: { app: b } }, policyTypes: [ Egress ], egress: [ { to: [ { ipBlock: { cidr: 0.0.0.0/0 } } ] } ] }",
        "a -> b:80/TCP")]
    [InlineData(
        """
        { podSelector: {}, policyTypes: [ Ingress ],
          ingress: [ { from: [ { podSelector: { matchLabels: { app: a } } } ], ports: [ { port: 80 } ] } ] }
        """,
        "a -> b:80/TCP")]
    [InlineData("{ podSelector: {}, policyTypes: [ Ingress ], ingress: [ { ports: [ { port: 81 } ] } ] }", "a -> b:81/TCP, b -> a:81/TCP")]
    public void A_way_that_the_policies_leave_open_is_found(string policy, string ways)
    {
        string Pod(string name, int port) => $$"""
            { kind: Deployment, metadata: { name: {{name}} }, spec: { template: { metadata: { labels: { app: {{name}} } },
              spec: { containers: [ { ports: [ { containerPort: {{port}}, protocol: TCP } ] } ] } } } }
            """;
        var objects = new[] { Pod("a", 81), Pod("b", 80) }.Concat(policy.Length > 0 ? [$"{{ kind: NetworkPolicy, spec: {policy} }}"] : []);
        var rendering = new Rendering("base", "", [.. objects.Select(o => YamlReader.Document(o)!.AsObject())]);
        Assert.Equal(ways, string.Join(", ", Reachability.Of(rendering).Where(w => w.Caller != w.Callee)));
    }

    [Fact]
    public void A_reference_that_leads_nowhere_is_found()
    {
        const string pod = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: x, namespace: shop }
            spec:
              template:
                spec:
                  serviceAccountName: nobody
                  containers:
                  - name: x
                    envFrom: [ { secretRef: { name: gone } } ]
                    readinessProbe: { httpGet: { port: http } }
                    volumeMounts: [ { name: missing, mountPath: /x }, { name: other, mountPath: /x } ]
                    resources: { requests: { cpu: "2", memory: 1Gi }, limits: { cpu: 1500m, memory: 1Gi } }
            """;
        var rendering = new Rendering("base", pod, [.. YamlReader.Documents(pod).Select(d => d.AsObject())]);
        Assert.Equal(
            [
                "x: there is no service account nobody", "x: there is no Secret gone", "x: there is no volume missing",
                "x: there is no volume other",
                "x: the readinessProbe asks the port http, which the pod does not have",
            ],
            References.Problems(rendering));
        Assert.Equal(
            ["x: the mount path /x is there twice", "x: cpu: the request 2 and the limit 1.500 do not go together"],
            ServerRules.Problems(rendering));
    }
}
