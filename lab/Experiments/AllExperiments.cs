namespace MsaAspire.Lab.Experiments;

/// <summary>Every experiment, in the order of the report.</summary>
public static class AllExperiments
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Experiment> All { get; } =
    [
        new Redeploy(), new Weight(), new FaultIsolation(), new Languages(), new NewFeature(), new Cost(), new StartStop(), new Balance(),
        new Kubernetes.KubernetesExperiment(),
    ];
}
