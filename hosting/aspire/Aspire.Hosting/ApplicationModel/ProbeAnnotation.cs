namespace Aspire.Hosting.ApplicationModel;

/// <summary>How a running resource is probed.</summary>
public abstract class ProbeAnnotation : IResourceAnnotation
{
    public required ProbeType Type { get; init; }
    public int InitialDelaySeconds { get; init; } = 5;
    public int PeriodSeconds { get; init; } = 5;
    public int TimeoutSeconds { get; set; } = 1;
    public int FailureThreshold { get; init; } = 3;
    public int SuccessThreshold { get; init; } = 1;
}

/// <summary>A probe by a GET request.</summary>
public sealed class EndpointProbeAnnotation : ProbeAnnotation
{
    public required EndpointReference EndpointReference { get; init; }

    public required string Path { get; init; }
}

/// <summary>What a probe tells.</summary>
public enum ProbeType
{
    Startup,
    Readiness,
    Liveness,
}
