using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace MsaAspire.Gateway;

/// <summary>
/// Which replicas get traffic. A replica that cannot be connected to gets none from the first failure on, one that reports itself unready none after two
/// probes. Health chooses among replicas and never disables a service: when all are unhealthy, all are tried, so that a service that can
/// still do part of its work (ordering without the broker) keeps doing it.
/// </summary>
internal sealed class ReplicaHealth(IDestinationHealthUpdater health) : IPassiveHealthCheckPolicy
{
    private const string Unreachable = nameof(Unreachable);

    /// <summary>A probe costs a service well under a millisecond, so one every two seconds is negligible.</summary>
    private static readonly TimeSpan ProbeInterval = TimeSpan.FromSeconds(2);

    /// <summary>Long enough for two probes to show whether it has recovered.</summary>
    private static readonly TimeSpan PauseWhenUnreachable = TimeSpan.FromSeconds(6);

    /// <summary>For each cluster.</summary>
    public static HealthCheckConfig Checks { get; } = new()
    {
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        Active = new()
        {
            Enabled = true,
            Path = "/health",
            Interval = ProbeInterval,
            Timeout = ProbeInterval,
            Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
        },
        Passive = new() { Enabled = true, Policy = Unreachable, ReactivationPeriod = PauseWhenUnreachable },
    };

    /// <inheritdoc/>
    public string Name => Unreachable;

    /// <inheritdoc/>
    public void RequestProxied(HttpContext context, ClusterState cluster, DestinationState destination)
    {
        if (context.HasConnectionFailure())
            health.SetPassive(cluster, destination, DestinationHealth.Unhealthy, PauseWhenUnreachable);
    }
}
