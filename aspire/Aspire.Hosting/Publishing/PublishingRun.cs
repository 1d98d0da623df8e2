using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Publishing;

/// <summary>Publishes once and ends the AppHost; a failure is one line on the console and exit code 1.</summary>
internal sealed class PublishingRun(
    ManifestPublisher publisher,
    DistributedApplicationModel model,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    ILogger<PublishingRun> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await eventing.PublishAsync(new BeforePublishEvent(services, model), stoppingToken);
            await publisher.PublishAsync(stoppingToken);
            await eventing.PublishAsync(new AfterPublishEvent(services, model), stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
        {
            Environment.ExitCode = 1;
            logger.LogError("Publishing failed. {Message}", e.Message);
            logger.LogDebug(e, "Publishing failed");
        }
        finally
        {
            lifetime.StopApplication();
        }
    }
}
