using MsaAspire.Lab.Running;

namespace MsaAspire.Lab.Experiments.Kubernetes;

/// <summary>The experiment's inputs from this machine.</summary>
/// <param name="Program">The kubectl to run.</param>
/// <param name="KubeConfig">kubectl's configuration; null for the one that it finds by itself.</param>
/// <param name="Tree">The folder that <c>aspirate generate</c> wrote, or an overlay in it.</param>
internal sealed record Surroundings(string Program, string? KubeConfig, string Tree)
{
    /// <summary>The environment variable that names another tree.</summary>
    public const string TreeVariable = "MSAASPIRE_LAB_TREE";

    public static Surroundings OfThisMachine() => new(
        "kubectl", null, Environment.GetEnvironmentVariable(TreeVariable) ?? Path.Combine(Repository.Root, "AppHost", "aspirate-output"));
}
