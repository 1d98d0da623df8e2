using System.ComponentModel;

namespace MsaAspire.Lab.Experiments.Kubernetes;

/// <summary>Whether the experiment may touch a cluster, and which.</summary>
/// <param name="Refusal">Why not; null when it may.</param>
/// <param name="Kubectl">The client of the cluster.</param>
/// <param name="Tree">The tree to start there.</param>
internal sealed record Admission(string? Refusal, Kubectl? Kubectl = null, ExportedTree? Tree = null)
{
    /// <summary>How long the API server may take for its first answer.</summary>
    private static readonly TimeSpan s_answer = TimeSpan.FromSeconds(10);

    /// <summary>Only reads: kubectl's configuration, the server's version, the tree, and whether the namespace is there.</summary>
    public static async Task<Admission> AskAsync(Surroundings surroundings, string? context, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(context))
            return new("No kubectl context was named. Name the cluster that may be used with --context NAME.");
        var kubectl = new Kubectl(surroundings, context);
        try
        {
            return await ContextRefusalAsync(kubectl, cancellation) is { } refusal
                ? new(refusal)
                : await TreeAsync(surroundings, kubectl, cancellation);
        }
        catch (Win32Exception e)
        {
            return new($"kubectl cannot be run: {e.Message}");
        }
    }

    private static async Task<string?> ContextRefusalAsync(Kubectl kubectl, CancellationToken cancellation)
    {
        var names = (await kubectl.RunAsync(["config", "get-contexts", "-o", "name"], cancellation))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (!names.Contains(kubectl.Context))
        {
            return $"kubectl's configuration has no context {kubectl.Context}; "
                + (names.Length > 0 ? $"it has {string.Join(", ", names)}." : "it has none.");
        }

        var current = await kubectl.TryAsync(["config", "current-context"], cancellation);
        if (current.ExitCode != 0 || current.Output.Trim() != kubectl.Context)
        {
            return $"The context named is {kubectl.Context}, but kubectl's current context is "
                + $"{(current.ExitCode == 0 ? current.Output.Trim() : "none")}: only a context that is both is used. "
                + $"If it is the right one, choose it with `kubectl config use-context {kubectl.Context}`.";
        }

        return await SilenceAsync(kubectl, cancellation) is { } why
            ? $"The cluster of the context {kubectl.Context} does not answer within {s_answer.TotalSeconds:0} s: {why}"
            : null;
    }

    private static async Task<string?> SilenceAsync(Kubectl kubectl, CancellationToken cancellation)
    {
        try
        {
            var version = await kubectl.TryAsync(
                ["version", $"--request-timeout={s_answer.TotalSeconds:0}s", "-o", "json"], cancellation, s_answer);
            return version.ExitCode == 0 ? null : version.Error.Trim().Split('\n')[^1];
        }
        catch (InvalidOperationException e)
        {
            return e.Message;
        }
    }

    private static async Task<Admission> TreeAsync(Surroundings surroundings, Kubectl kubectl, CancellationToken cancellation)
    {
        if (ExportedTree.FolderIn(surroundings.Tree) is not { } folder)
        {
            return new(
                $"There is no exported tree in {surroundings.Tree}. "
                + "Make it and its images, with a registry that this machine and the cluster reach: "
                + "`dotnet run --project hosting/aspirate -- generate --project-path AppHost --container-registry REGISTRY "
                + "--container-image-tag $(git rev-parse --short HEAD)`; "
                + $"or name another tree with the environment variable {Surroundings.TreeVariable}.");
        }

        ExportedTree tree;
        try
        {
            tree = await ExportedTree.RenderAsync(kubectl, folder, cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return new($"{folder} cannot be used: {e.Message}");
        }

        var found = await kubectl.RunAsync(["get", "namespace", tree.Namespace, "--ignore-not-found", "-o", "name"], cancellation);
        return found.Trim().Length == 0
            ? new(null, kubectl, tree)
            : new(
                $"The cluster of the context {kubectl.Context} has a namespace {tree.Namespace} already, "
                + "which this run did not create and would delete. If it is not needed, for example after an interrupted run: "
                + $"`kubectl --context {kubectl.Context} delete namespace {tree.Namespace}`.");
    }
}
