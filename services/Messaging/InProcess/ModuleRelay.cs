using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using MsaAspire.ServiceDefaults;

namespace MsaAspire.Messaging.InProcess;

/// <summary>Relays a module's outbox to the modules of the same process. A row is deleted when all modules that handle it have committed.</summary>
internal sealed class ModuleRelay(string schema, OutboxDispatcher dispatcher, ModulePublisher publisher, Task ready, ILogger<ModuleRelay> logger)
    : BackgroundLoop($"{schema} outbox", logger)
{
    /// <summary>Only the database can fail here.</summary>
    public override HealthStatus FaultStatus => HealthStatus.Unhealthy;

    protected override async Task RunAsync(CancellationToken stopping)
    {
        await ready.WaitAsync(stopping);
        await dispatcher.RunAsync(publisher, Running, stopping);
    }
}
