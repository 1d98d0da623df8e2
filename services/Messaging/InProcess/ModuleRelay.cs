using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MsaAspire.Messaging.InProcess;

/// <summary>Relays a module's outbox to the modules of the same process. A row is deleted when all modules that handle it have committed.</summary>
internal sealed class ModuleRelay(string schema, OutboxPump pump, ModulePublisher publisher, Task ready, ILogger<ModuleRelay> logger) : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100), LongestDelay = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                await pump.RunAsync(publisher, () => delay = FirstDelay, stoppingToken);
                return;
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("The outbox relay of {Schema} failed and starts over in {Delay}: {Reason}", schema, delay, e.Message);
                await Task.Delay(delay, stoppingToken);
            }
        }
    }
}
