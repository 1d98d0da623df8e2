using System.Text.Json;

namespace MsaAspire.Aspirate.Cluster;

/// <summary>The cluster of kubectl's context; kubectl handles credentials and connection.</summary>
/// <param name="Context">Of its configuration.</param>
internal sealed record Kubectl(string Context)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>The current context, or the one of that name, whose API server answers.</summary>
    /// <exception cref="AspirateException">There is none, or it does not answer.</exception>
    public static async Task<Kubectl> ConnectAsync(string? context, CancellationToken cancellation)
    {
        var current = context is null ? await ChildProcess.RunAsync("kubectl", ["config", "current-context"], s_limit, cancellation) : null;
        if (current is { ExitCode: not 0 })
        {
            throw new AspirateException(
                $"kubectl has no current context, so there is no cluster to use: {current.Reason}. "
                + "Choose one with `kubectl config use-context NAME` or --kube-context.");
        }

        var kubectl = new Kubectl(context ?? current!.Output.Trim());
        var version = await kubectl.TryAsync(["version", "--request-timeout=10s", "-o", "json"], cancellation);
        return version.ExitCode == 0
            ? kubectl
            : throw new AspirateException(
                $"The cluster of the context \"{kubectl.Context}\" cannot be reached: {version.Reason}. "
                + "Start it, or choose another with --kube-context.");
    }

    /// <summary>Runs a command.</summary>
    public Task<ChildResult> TryAsync(IEnumerable<string> arguments, CancellationToken cancellation, TimeSpan? limit = null, string input = "") =>
        ChildProcess.RunAsync("kubectl", ["--context", Context, .. arguments], limit ?? s_limit, cancellation, input);

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="AspirateException">It did not succeed.</exception>
    public async Task<string> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation, TimeSpan? limit = null, string input = "")
    {
        var result = await TryAsync(arguments, cancellation, limit, input);
        return result.ExitCode == 0
            ? result.Output
            : throw new AspirateException($"`kubectl {arguments[0]}` failed in the context \"{Context}\". Its last lines:\n{result.Tail}");
    }

    /// <summary>Objects as the API server has them.</summary>
    /// <param name="kinds">As kubectl takes them, with commas.</param>
    public async Task<IReadOnlyList<JsonElement>> GetAsync(string kinds, string @namespace, string selector, CancellationToken cancellation)
    {
        var text = await RunAsync(["get", kinds, "--namespace", @namespace, "--selector", selector, "-o", "json"], cancellation);
        return [.. JsonDocument.Parse(text).RootElement.GetProperty("items").EnumerateArray()];
    }

    /// <summary>Renders a folder of a tree; needs no cluster.</summary>
    /// <exception cref="AspirateException">It is not a kustomization.</exception>
    public static async Task<string> RenderAsync(string folder, CancellationToken cancellation)
    {
        if (!File.Exists(Path.Combine(folder, "kustomization.yaml")))
        {
            throw new AspirateException(
                $"{folder} holds no kustomization.yaml. Write a tree with `aspirate generate`, and name it with --output-path, or an "
                + "overlay of it with --overlay-path.");
        }

        var result = await ChildProcess.RunAsync("kubectl", ["kustomize", folder], s_limit, cancellation);
        return result.ExitCode == 0
            ? result.Output
            : throw new AspirateException(
                $"kustomize cannot render {folder}: {result.Tail}. If secrets are missing (they are in no repository), run `aspirate "
                + "generate` again.");
    }
}
