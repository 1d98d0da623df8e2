using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MsaAspire.Messaging;

/// <summary>Ready when every session of the module is connected and at work.</summary>
internal sealed class BrokerHealth(IEnumerable<BrokerSession> sessions) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var faults = sessions.Where(s => s.Fault is not null).Select(s => $"{s.Name}: {s.Fault}").ToList();
        return Task.FromResult(faults.Count == 0
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, string.Join("; ", faults)));
    }
}
