using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MsaAspire.Messaging;

/// <summary>
/// Ready when every session of the module is connected and running. Degraded, but still ready for traffic, while the broker blocks: what
/// is committed meanwhile waits in the outbox.
/// </summary>
internal sealed class BrokerHealth(IEnumerable<BrokerSession> sessions) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var faults = Told(s => s.Fault);
        var blocked = Told(s => s.Blocked);
        return Task.FromResult((faults, blocked) switch
        {
            ("", "") => HealthCheckResult.Healthy(),
            ("", _) => HealthCheckResult.Degraded(blocked),
            _ => new HealthCheckResult(context.Registration.FailureStatus, faults),
        });
    }

    private string Told(Func<BrokerSession, string?> what) =>
        string.Join("; ", from session in sessions let text = what(session) where text is not null select $"{session.Name}: {text}");
}
