using System.Text.RegularExpressions;
using MsaAspire.Aspirate.Kubernetes;

namespace MsaAspire.Aspirate.Cluster;

/// <summary>A rendered tree in a cluster.</summary>
/// <param name="Namespace">Where it runs.</param>
/// <param name="Rendered">All its objects.</param>
internal sealed partial record Deployment(Kubectl Kubectl, string Namespace, string Rendered)
{
    /// <summary>Every kind that an export creates and that may be deleted; volume claims hold data, and the namespace may hold other objects.</summary>
    private const string Kinds =
        "deployments.apps,statefulsets.apps,services,horizontalpodautoscalers.autoscaling,poddisruptionbudgets.policy,ingresses.networking.k8s.io,"
        + "networkpolicies.networking.k8s.io,configmaps,secrets,serviceaccounts";

    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    /// <summary>Selects the objects of this export and of earlier ones.</summary>
    private string Selector => $"{Labels.ManagedBy}={Labels.Tool},{Labels.PartOf}={Namespace}";

    public static Deployment Of(Kubectl kubectl, string rendered) => new(kubectl, NamespaceIn(rendered), rendered);

    /// <summary>Applies all objects; the API server merges them with fields that others set.</summary>
    public Task ApplyAsync(CancellationToken cancellation) =>
        Kubectl.RunAsync(
            ["apply", "--server-side", "--force-conflicts", "--field-manager", Labels.Tool, "--filename", "-"], cancellation, input: Rendered);

    /// <summary>Waits until every workload is rolled out.</summary>
    /// <exception cref="AspirateException">One is not rolled out within the limit, or cannot be; the message says why.</exception>
    public async Task WaitAsync(TimeSpan limit, Action<string> progress, CancellationToken cancellation)
    {
        var deadline = DateTime.UtcNow + limit;
        var said = "";
        while (true)
        {
            var rollouts = (await Kubectl.GetAsync("deployments.apps,statefulsets.apps", Namespace, Selector, cancellation))
                .Select(Rollout.Of).ToList();
            var open = rollouts.Where(r => !r.IsDone).ToList();
            if (open.Count == 0)
                return;
            var state =
                $"{rollouts.Count - open.Count} of {rollouts.Count} ready, waiting for "
                + $"{string.Join(", ", open.Select(r => $"{r.Name} {r.Ready}/{r.Wanted}"))}";
            if (state != said)
                progress(said = state);
            var failed = open.Find(r => r.Failure is not null);
            if (failed is not null || DateTime.UtcNow >= deadline)
            {
                var why = failed is not null
                    ? $"{failed.Name} cannot be rolled out: {failed.Failure}"
                    : $"After {limit.TotalSeconds:0} s {string.Join(", ", open.Select(r => $"{r.Name} has {r.Ready} of {r.Wanted} pods ready"))}";
                throw new AspirateException(
                    $"{why}. `kubectl rollout undo` restores the previous version; "
                    + $"its pods still serve.{await PodDiagnostics.DescribeAsync(Kubectl, Namespace, Selector, cancellation)}");
            }

            await Task.Delay(s_poll, cancellation);
        }
    }

    /// <summary>Deletes everything that this and earlier exports created, and waits until it is deleted.</summary>
    /// <param name="withVolumes">Also deletes the data, the namespace and the priority class.</param>
    /// <returns>What is left.</returns>
    public async Task<IReadOnlyList<string>> DestroyAsync(bool withVolumes, TimeSpan limit, CancellationToken cancellation)
    {
        var kinds = withVolumes ? $"{Kinds},persistentvolumeclaims" : Kinds;
        await Kubectl.RunAsync(
            ["delete", kinds, "--namespace", Namespace, "--selector", Selector, "--ignore-not-found", "--wait", $"--timeout={limit.TotalSeconds:0}s"],
            cancellation, limit + s_poll);
        await Kubectl.TryAsync(
            ["wait", "pods", "--namespace", Namespace, "--selector", Selector, "--for=delete", $"--timeout={limit.TotalSeconds:0}s"],
            cancellation, limit + s_poll);
        if (withVolumes)
        {
            await Kubectl.RunAsync(
                [
                    "delete", "namespaces,priorityclasses.scheduling.k8s.io", "--selector", $"{Selector},{Labels.Name}={Namespace}",
                    "--ignore-not-found", "--wait", $"--timeout={limit.TotalSeconds:0}s",
                ],
                cancellation, limit + s_poll);
        }

        var left = await Kubectl.RunAsync(["get", "namespace", Namespace, "--ignore-not-found", "-o", "name"], cancellation);
        if (left.Trim().Length == 0)
            return [];
        var claims = await Kubectl.RunAsync(
            ["get", "persistentvolumeclaims", "--namespace", Namespace, "--selector", Selector, "-o", "name"], cancellation);
        return [.. claims.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), left.Trim()];
    }

    private static string NamespaceIn(string rendered) =>
        NamespaceLine.Match(rendered) is { Success: true } match
            ? match.Groups["name"].Value
            : throw new AspirateException("The rendered tree names no namespace, so it is not one that `aspirate generate` wrote.");

    [GeneratedRegex("""^  namespace: "?(?<name>[a-z0-9-]+)"?$""",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamespaceLine { get; }
}
