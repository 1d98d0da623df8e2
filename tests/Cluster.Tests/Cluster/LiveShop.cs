using System.Diagnostics;
using System.Text.Json;
using MsaAspire.Aspirate;
using MsaAspire.Aspirate.Cluster;
using Xunit;

namespace Cluster.Tests.Cluster;

/// <summary>
/// The shop in the cluster of the context <c>msaaspire-test</c>, exported, built, pushed and applied by the tool.
/// <c>MSAASPIRE_TEST_REGISTRY</c> names a registry that this machine and the cluster reach, and <c>MSAASPIRE_TEST_BASE_IMAGE</c> the
/// base of .NET images if it is not the SDK's choice.
/// </summary>
public sealed class LiveShop : IAsyncLifetime
{
    internal const string Context = "msaaspire-test", Namespace = "msaaspire";

    private const string PartOf = "app.kubernetes.io/part-of=msaaspire";

    private readonly Tool _tool = new();
    private KubectlProxy? _proxy;
    private string? _tree;

    /// <summary>Why there is nothing to test here; null when there is.</summary>
    public string? Problem { get; private set; }

    internal Kubectl Kubectl { get; } = new(Context);

    internal ShopClient Client { get; private set; } = null!;

    internal string Tree => _tree!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static string? Registry => Environment.GetEnvironmentVariable("MSAASPIRE_TEST_REGISTRY");

    public async ValueTask InitializeAsync()
    {
        Problem = await FindProblemAsync();
        if (Problem is not null)
            return;
        _tree = await ExportAsync("first", build: true);
        await ApplyAsync(_tree);
        _proxy = await KubectlProxy.StartAsync(Context);
        Client = new(_proxy.ClientOf(Namespace, "gateway", "http"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_tree is not null)
            await DestroyAsync("--delete-volumes");
        if (_proxy is not null)
            await _proxy.DisposeAsync();
        _tool.Dispose();
    }

    /// <summary>Writes a tree whose images have the given tag.</summary>
    internal Task<string> ExportAsync(string tag, bool build)
    {
        string[] images = Environment.GetEnvironmentVariable("MSAASPIRE_TEST_BASE_IMAGE") is { } image ? ["--container-base-image", image] : [];
        return _tool.GenerateAsync(
            tag,
            [.. images, "--container-registry", Registry!, "--container-image-tag", tag, .. build ? Array.Empty<string>() : ["--skip-build"]]);
    }

    /// <summary>Applies a tree, and waits until all of it runs.</summary>
    /// <returns>How long that took.</returns>
    internal async Task<TimeSpan> ApplyAsync(string tree)
    {
        var watch = Stopwatch.StartNew();
        var result = await TryApplyAsync(tree, 400);
        Assert.True(result.ExitCode == 0, result.Tail);
        return watch.Elapsed;
    }

    internal Task<ProgramResult> TryApplyAsync(string tree, int seconds) =>
        _tool.RunAsync("apply", "--output-path", tree, "--kube-context", Context, "--timeout", $"{seconds}");

    internal async Task<ProgramResult> DestroyAsync(params string[] options)
    {
        var result = await _tool.RunAsync("destroy", ["--output-path", Tree, "--kube-context", Context, .. options]);
        Assert.True(result.ExitCode == 0, result.Tail);
        return result;
    }

    /// <summary>The names of a workload's pods that do not end.</summary>
    internal async Task<IReadOnlyList<string>> PodsOfAsync(string workload) =>
    [
        .. (await Kubectl.GetAsync("pods", Namespace, $"app.kubernetes.io/name={workload}", Cancelled))
            .Select(p => p.GetProperty("metadata"))
            .Where(m => !m.TryGetProperty("deletionTimestamp", out _))
            .Select(m => m.GetProperty("name").GetString()!),
    ];

    /// <summary>Waits until every workload has all its pods.</summary>
    internal Task SettleAsync() => new Deployment(Kubectl, Namespace, "").WaitAsync(TimeSpan.FromSeconds(240), _ => { }, Cancelled);

    /// <summary>Everything of the system in the namespace, as <c>kind/name</c>.</summary>
    internal async Task<string[]> LeftAsync()
    {
        var all = await Kubectl.RunAsync(
            [
                "get",
                "deployments,statefulsets,pods,services,configmaps,secrets,serviceaccounts,networkpolicies,ingresses,"
                + "poddisruptionbudgets,persistentvolumeclaims",
                "--namespace", Namespace, "--selector", PartOf, "-o", "name",
            ],
            Cancelled);
        return all.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    internal async Task<JsonElement> GetAsync(string what) =>
        JsonDocument.Parse(await Kubectl.RunAsync(["get", what, "--namespace", Namespace, "-o", "json"], Cancelled)).RootElement;

    private async Task<string?> FindProblemAsync()
    {
        try
        {
            var version = await Kubectl.TryAsync(["version", "--request-timeout=5s"], Cancelled);
            return version.ExitCode != 0 ? $"No cluster answers in kubectl's context {Context}: {version.Tail}"
                : Registry is null ? "MSAASPIRE_TEST_REGISTRY does not say which registry the cluster pulls from."
                : null;
        }
        catch (AspirateException e)
        {
            return e.Message;
        }
    }
}
