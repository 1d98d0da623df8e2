using System.Diagnostics;

namespace MsaAspire.Lab.Experiments.Kubernetes;

/// <summary>The exported shop in a namespace that is created here, and deleted with it.</summary>
internal sealed class ClusterShop : IAsyncDisposable
{
    private const string Manager = "msaaspire-lab", Workloads = "deployments.apps,statefulsets.apps";

    /// <summary>All kinds that the tree creates except volume claims, which hold data, and the namespace.</summary>
    private const string Kinds =
        "deployments.apps,statefulsets.apps,services,horizontalpodautoscalers.autoscaling,poddisruptionbudgets.policy,"
        + "ingresses.networking.k8s.io,networkpolicies.networking.k8s.io,configmaps,secrets,serviceaccounts";

    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(500), s_start = TimeSpan.FromSeconds(400),
        s_delete = TimeSpan.FromSeconds(240), s_clean = TimeSpan.FromSeconds(100);

    private readonly Kubectl _kubectl;
    private readonly ExportedTree _tree;
    private bool _isThere;

    private ClusterShop(Kubectl kubectl, ExportedTree tree) => (_kubectl, _tree) = (kubectl, tree);

    /// <summary>Selects the tree's objects.</summary>
    private string Mine => $"app.kubernetes.io/managed-by=aspirate,app.kubernetes.io/part-of={_tree.Namespace}";

    /// <summary>Creates the namespace, which must not exist, and the tree's objects; returns when every workload is ready.</summary>
    public static async Task<ClusterShop> StartAsync(Kubectl kubectl, ExportedTree tree, CancellationToken cancellation)
    {
        var shop = new ClusterShop(kubectl, tree);
        // Fails if someone else has created it meanwhile, and then nothing in it is touched.
        await kubectl.RunAsync(["create", "namespace", tree.Namespace], cancellation);
        shop._isThere = true;
        try
        {
            await kubectl.RunAsync(
                ["apply", "--server-side", "--force-conflicts", "--field-manager", Manager, "--filename", "-"],
                cancellation, input: tree.Rendered);
            await shop.UntilAsync(
                "all workloads are ready", s_start,
                async () => (await shop.WorkloadsAsync(cancellation)) is { Count: > 0 } all && all.All(w => w.IsDone), cancellation);
            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command in the namespace.</summary>
    public Task<string> RunAsync(CancellationToken cancellation, params IReadOnlyList<string> arguments) =>
        _kubectl.RunAsync([.. arguments, "--namespace", _tree.Namespace], cancellation);

    /// <summary>The pods of a workload; of all without a name.</summary>
    public async Task<IReadOnlyList<PodState>> PodsAsync(CancellationToken cancellation, string? of = null)
    {
        var selector = of is null ? Mine : $"app.kubernetes.io/name={of},{Mine}";
        var pods = await _kubectl.GetAsync(["pods", "--namespace", _tree.Namespace, "--selector", selector], cancellation);
        return [.. pods.Select(PodState.Of)];
    }

    public async Task<Workload> WorkloadAsync(string name, CancellationToken cancellation) =>
        (await WorkloadsAsync(cancellation)).FirstOrDefault(w => w.Name == name)
        ?? throw new InvalidOperationException($"The tree has no workload {name}.");

    public async Task<int> ClaimsAsync(CancellationToken cancellation) =>
        (await _kubectl.GetAsync(["persistentvolumeclaims", "--namespace", _tree.Namespace], cancellation)).Count;

    /// <summary>Polls until a condition is true.</summary>
    /// <exception cref="InvalidOperationException">It is not true within the limit; the message has the pods' last states.</exception>
    public async Task UntilAsync(string what, TimeSpan limit, Func<Task<bool>> isSo, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(start) >= limit)
            {
                var pods = await PodsAsync(cancellation);
                throw new InvalidOperationException(
                    $"Not within {limit.TotalSeconds:0} s: {what}. The pods at last: {string.Join("; ", pods.DefaultIfEmpty())}");
            }

            await Task.Delay(s_poll, cancellation);
        }
    }

    /// <summary>Deletes everything except the data, and returns when no pod is left.</summary>
    public async Task DeleteAllButDataAsync(CancellationToken cancellation)
    {
        await _kubectl.RunAsync(
            [
                "delete", Kinds, "--namespace", _tree.Namespace, "--selector", Mine,
                "--ignore-not-found", "--wait", $"--timeout={s_delete.TotalSeconds:0}s",
            ],
            cancellation, s_delete + s_poll);
        await UntilAsync("all pods are gone", s_delete, async () => (await PodsAsync(cancellation)).Count == 0, cancellation);
    }

    /// <summary>Deletes the namespace with the data in it, also after an interrupted run.</summary>
    /// <exception cref="InvalidOperationException">It is not gone in time.</exception>
    public async ValueTask DisposeAsync()
    {
        if (!_isThere)
            return;
        _isThere = false;
        await _kubectl.RunAsync(
            ["delete", "namespace", _tree.Namespace, "--wait", $"--timeout={s_clean.TotalSeconds:0}s"],
            CancellationToken.None, s_clean + s_poll);
    }

    private async Task<IReadOnlyList<Workload>> WorkloadsAsync(CancellationToken cancellation) =>
        [.. (await _kubectl.GetAsync([Workloads, "--namespace", _tree.Namespace, "--selector", Mine], cancellation)).Select(Workload.Of)];
}
