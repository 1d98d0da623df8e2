using System.Text.Json.Nodes;

namespace Aspirate.Tests;

/// <summary>What one object says of another. The server takes a name that leads nowhere, and the pod never starts.</summary>
internal static class References
{
    public static IEnumerable<string> Problems(Rendering rendering)
    {
        bool Exists(string kind, string? name) => rendering.Of(kind).Any(o => o.Name() == name);
        return
        [
            .. rendering.Workloads.SelectMany(w => OfPod(w, Exists).Select(p => $"{w.Name()}: {p}")),
            .. rendering.Workloads.SelectMany(w => Variables(rendering, w)),
            .. rendering.Of("Service").SelectMany(s => OfService(rendering, s)),
            .. rendering.Of("Ingress").SelectMany(i => OfIngress(rendering, i)),
            .. rendering.Of("HorizontalPodAutoscaler").SelectMany(a => OfAutoscaler(rendering, a)),
        ];
    }

    /// <summary>The workloads whose pods have all these labels.</summary>
    public static IEnumerable<JsonObject> Selected(Rendering rendering, IReadOnlyDictionary<string, string> labels) =>
        rendering.Workloads.Where(
            w => w.Map("spec/template/metadata/labels") is var own && labels.All(l => own.GetValueOrDefault(l.Key) == l.Value));

    private static IEnumerable<string> OfPod(JsonObject workload, Func<string, string?, bool> exists)
    {
        var pod = workload.At("spec/template/spec")!;
        var volumes = pod.Items("volumes").Concat(workload.Items("spec/volumeClaimTemplates").Select(c => c["metadata"]!))
            .Select(v => v.Text("name")).ToHashSet();
        var container = pod.At("containers/0")!;
        var ports = container.Items("ports").Select(p => p.Text("name")).ToHashSet();
        if (!exists("ServiceAccount", pod.Text("serviceAccountName")))
            yield return $"there is no service account {pod.Text("serviceAccountName")}";
        foreach (var (kind, name) in pod.Items("volumes").Select(v => ("ConfigMap", v.Text("configMap/name")))
            .Concat(pod.Items("volumes").Select(v => ("Secret", v.Text("secret/secretName"))))
            .Concat(container.Items("envFrom").Select(e => ("ConfigMap", e.Text("configMapRef/name"))))
            .Concat(container.Items("envFrom").Select(e => ("Secret", e.Text("secretRef/name"))))
            .Append(("Service", workload.Text("spec/serviceName"))).Where(r => r.Item2 is not null))
        {
            if (!exists(kind, name))
                yield return $"there is no {kind} {name}";
        }

        foreach (var mount in container.Items("volumeMounts").Where(m => !volumes.Contains(m.Text("name"))))
            yield return $"there is no volume {mount.Text("name")}";
        foreach (var probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" })
        {
            if ((container.Text($"{probe}/httpGet/port") ?? container.Text($"{probe}/tcpSocket/port")) is { } port && !ports.Contains(port))
                yield return $"the {probe} asks the port {port}, which the pod does not have";
        }
    }

    /// <summary>Nobody could tell which of two values a process gets. And each file of a volume must be in its ConfigMap.</summary>
    private static IEnumerable<string> Variables(Rendering rendering, JsonObject workload)
    {
        var container = workload.At("spec/template/spec/containers/0")!;
        var sources = container.Items("envFrom").Select(e => e.Text("configMapRef/name") ?? e.Text("secretRef/name")).ToList();
        var keys = sources.SelectMany(s => rendering.Of("ConfigMap", "Secret").Where(o => o.Name() == s))
            .SelectMany(o => o["data"]?.AsObject().Select(e => e.Key) ?? []);
        foreach (var key in keys.GroupBy(k => k).Where(g => g.Count() > 1))
            yield return $"{workload.Name()}: the variable {key.Key} is there twice";
        foreach (var volume in workload.Items("spec/template/spec/volumes").Select(v => v["configMap"] ?? v["secret"]).OfType<JsonObject>())
        {
            var map = rendering.Of("ConfigMap", "Secret").First(m => m.Name() == (volume.Text("name") ?? volume.Text("secretName")));
            var there = new[] { "data", "binaryData" }.SelectMany(d => (map[d] as JsonObject ?? []).Select(e => e.Key)).ToHashSet();
            foreach (var item in volume.Items("items").Where(i => !there.Contains(i.Text("key")!)))
                yield return $"{workload.Name()}: the file {item.Text("path")} is not in {map.Name()}";
        }
    }

    private static IEnumerable<string> OfService(Rendering rendering, JsonObject service)
    {
        var pods = Selected(rendering, service.Map("spec/selector")).ToList();
        if (pods.Count != 1)
            yield return $"the service {service.Name()} selects the pods of {pods.Count} workloads";
        var names = pods.SelectMany(p => p.Items("spec/template/spec/containers/0/ports")).Select(p => p.Text("name")).ToHashSet();
        foreach (var port in service.Items("spec/ports").Where(p => !names.Contains(p.Text("targetPort"))))
            yield return $"the service {service.Name()} leads to the port {port.Text("targetPort")}, which its pods do not have";
    }

    private static IEnumerable<string> OfIngress(Rendering rendering, JsonObject ingress) =>
        from path in ingress.Items("spec/rules").SelectMany(r => r.Items("http/paths"))
        let service = rendering.Of("Service").FirstOrDefault(s => s.Name() == path.Text("backend/service/name"))
        where service?.Items("spec/ports").Any(p => p.Text("name") == path.Text("backend/service/port/name")) is not true
        select $"the ingress {ingress.Name()} leads to {path.Text("backend/service/name")}, which has no such port";

    private static IEnumerable<string> OfAutoscaler(Rendering rendering, JsonObject autoscaler)
    {
        var target = rendering.Of("Deployment").FirstOrDefault(d => d.Name() == autoscaler.Text("spec/scaleTargetRef/name"));
        if (target is null)
            yield return $"the autoscaler {autoscaler.Name()} scales nothing";
        else if (target.At("spec/replicas") is not null)
            yield return $"{target.Name()} has a number of replicas that each deployment sets back";
    }
}
