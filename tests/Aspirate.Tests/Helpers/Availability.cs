using System.Text.Json.Nodes;

namespace Aspirate.Tests;

/// <summary>What keeps a workload of several pods in service while nodes are emptied and versions change.</summary>
internal static class Availability
{
    public static IEnumerable<string> Problems(Rendering rendering) =>
        rendering.Of("Deployment").Where(d => IsSeveral(rendering, d)).SelectMany(d =>
    {
        var pod = d.At("spec/template/spec")!;
        var budgets = rendering.Of("PodDisruptionBudget")
            .Where(b => References.Selected(rendering, b.Map("spec/selector/matchLabels")).SequenceEqual([d])).ToList();
        (string What, bool Holds)[] rules =
        [
            ("has one disruption budget that lets pods go one by one", budgets.Count == 1 && budgets[0].Number("spec/maxUnavailable") == 1),
            ("is never short of a pod in an update", d.Number("spec/strategy/rollingUpdate/maxUnavailable") == 0),
            ("can start a new pod in an update", d.Number("spec/strategy/rollingUpdate/maxSurge") > 0),
            ("is updated pod by pod", d.Text("spec/strategy/type") == "RollingUpdate"),
            ("is spread over nodes", SpreadsOver(d, "kubernetes.io/hostname")),
            ("is spread over zones", SpreadsOver(d, "topology.kubernetes.io/zone")),
        ];
        return rules.Where(r => !r.Holds).Select(r => $"{d.Name()}: it is not so that it {r.What}").Concat(Drain(d.Name(), pod));
    });

    private static bool IsSeveral(Rendering rendering, JsonObject deployment) =>
        deployment.Number("spec/replicas") >= 2
            || rendering.Of("HorizontalPodAutoscaler").Any(a => a.Text("spec/scaleTargetRef/name") == deployment.Name());

    private static bool SpreadsOver(JsonObject deployment, string topology) =>
        deployment.Items("spec/template/spec/topologySpreadConstraints").Any(c =>
        c.Text("topologyKey") == topology && c.Map("labelSelector/matchLabels").OrderBy(l => l.Key)
            .SequenceEqual(deployment.Map("spec/selector/matchLabels").OrderBy(l => l.Key)));

    /// <summary>A pod serves on until every node has heard that it goes, and then has time to end.</summary>
    private static IEnumerable<string> Drain(string name, JsonNode pod)
    {
        var sleep = pod.Number("containers/0/lifecycle/preStop/sleep/seconds");
        if (sleep is not > 0)
            yield return $"{name} does not serve on when it is to go";
        if (pod.Number("terminationGracePeriodSeconds") - sleep is not >= 30)
            yield return $"{name} has {pod.Number("terminationGracePeriodSeconds")} s to end, {sleep} of them asleep";
    }
}
