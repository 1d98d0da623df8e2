namespace MsaAspire.Lab.Experiments;

/// <summary>Every experiment, in the order of the report.</summary>
public static class AllExperiments
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Experiment> All { get; } = [new Redeploy(), new FaultIsolation(), new Cost(), new StartStop(), new Kubernetes.KubernetesExperiment()];
}
