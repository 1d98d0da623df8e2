using System.Text.Json.Nodes;

namespace Aspirate.Tests;

/// <summary>What every pod of an export keeps, read from the rendered objects alone.</summary>
internal static class PodPromises
{
    /// <summary>Servers that write beside their data and configuration.</summary>
    private static readonly string[] s_writeAnywhere = ["mssql/server", "confluent-local", "keycloak", "elasticsearch", "garnet"];

    private static readonly string[] s_labels = ["name", "instance", "version", "component", "part-of", "managed-by"];

    /// <summary>Probes for whatever can be probed: what listens on TCP, or has a command for it.</summary>
    public static IEnumerable<string> Probes(Rendering rendering) =>
        from w in rendering.Workloads
        let container = w.At("spec/template/spec/containers/0")
        from probe in new[] { "startupProbe", "readinessProbe", "livenessProbe" }
        where container.At(probe) is null && container.Items("ports").Any()
        select $"{w.Name()} has no {probe}";

    /// <summary>All of Pod Security's "restricted"; where the namespace enforces less, a container that no user is known of may have its image's.</summary>
    public static IEnumerable<string> Security(Rendering rendering)
    {
        var enforced = rendering.Of("Namespace").SingleOrDefault()?.Map("metadata/labels")["pod-security.kubernetes.io/enforce"];
        return rendering.Workloads.SelectMany(w =>
        {
            var pod = w.At("spec/template/spec")!;
            var account = rendering.Of("ServiceAccount").FirstOrDefault(a => a.Name() == pod.Text("serviceAccountName"));
            (string What, bool Holds)[] rules =
            [
                ("has a seccomp profile", pod.Text("securityContext/seccompProfile/type") == "RuntimeDefault"),
                ("mounts no service account's token", pod.Flag("automountServiceAccountToken") is false),
                ("has a service account without a token", account?.Flag("automountServiceAccountToken") is false),
                ("is in nobody's namespaces", !new[] { "hostNetwork", "hostPID", "hostIPC" }.Any(n => pod.Flag(n) is true)),
                ("mounts nothing of its node", pod.Items("volumes").All(v => v.At("hostPath") is null)),
                ("has one container", pod.Items("containers").Count() == 1 && !pod.Items("initContainers").Any()),
                ("has no privileges", pod.Flag("containers/0/securityContext/privileged") is not true
                    && pod.At("containers/0/securityContext/capabilities/add") is null),
                .. enforced != "restricted" && IsUnknown(pod)
                    ? []
                    : OfContainer(pod.At("containers/0")!).Append(("runs as a user other than root", pod.Flag("securityContext/runAsNonRoot") is true
                        && pod.Number("securityContext/runAsUser") > 0)),
            ];
            return rules.Where(r => !r.Holds).Select(r => $"{w.Name()}: it is not so that it {r.What}");
        });
    }

    /// <summary>Nothing is known of its image: it runs as whoever the image names.</summary>
    public static bool IsUnknown(JsonNode pod) => pod.At("securityContext/runAsUser") is null;

    public static IEnumerable<string> Resources(Rendering rendering) =>
        from w in rendering.Workloads
        from kind in new[] { "requests", "limits" }
        from name in new[] { "cpu", "memory" }
        where w.At($"spec/template/spec/containers/0/resources/{kind}/{name}") is null
        select $"{w.Name()} has no {kind} of {name}";

    /// <summary>All recommended labels on whatever runs; what selects is a part of them that no overlay changes.</summary>
    public static IEnumerable<string> Labels(Rendering rendering) =>
    [
        .. from w in rendering.Workloads
           from labels in new[] { w.Map("metadata/labels"), w.Map("spec/template/metadata/labels") }
           from label in s_labels
           where !labels.ContainsKey($"app.kubernetes.io/{label}")
           select $"{w.Name()} lacks the label {label}",
        .. from w in rendering.Workloads
           from selector in w.Map("spec/selector/matchLabels")
           where w.Map("spec/template/metadata/labels").GetValueOrDefault(selector.Key) != selector.Value
               || selector.Key.EndsWith("/version")
           select $"{w.Name()} selects by {selector}",
        .. rendering.Objects.Where(o => !s_labels[4..].All(l => o.Map("metadata/labels").ContainsKey($"app.kubernetes.io/{l}")))
            .Select(o => $"{o.Name()} belongs to nothing"),
    ];

    private static IEnumerable<(string What, bool Holds)> OfContainer(JsonNode container)
    {
        var context = container["securityContext"];
        var writesAnywhere = s_writeAnywhere.Any(image => container.Text("image")!.Contains(image, StringComparison.Ordinal));
        yield return ("has a read-only root file system", context.Flag("readOnlyRootFilesystem") is true || writesAnywhere);
        yield return ("cannot get more privileges", context.Flag("allowPrivilegeEscalation") is false);
        yield return ("has no capability", context.Items("capabilities/drop").Select(c => c.GetValue<string>()).SequenceEqual(["ALL"]));
        yield return ("has a folder for temporary files", writesAnywhere || container.Items("volumeMounts").Any(m => m.Text("mountPath") == "/tmp"));
    }
}
