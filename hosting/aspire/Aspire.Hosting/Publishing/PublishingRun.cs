using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Publishing;

/// <summary>Publishes once and ends the AppHost; a failure comes out of <see cref="DistributedApplication.RunAsync"/>.</summary>
internal sealed class PublishingRun(
    ManifestPublisher publisher,
    DistributedApplicationModel model,
    IDistributedApplicationEventing eventing,
    IServiceProvider services,
    IHostApplicationLifetime lifetime) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await eventing.PublishAsync(new BeforePublishEvent(services, model), cancellationToken);
            await publisher.PublishAsync(cancellationToken);
            await eventing.PublishAsync(new AfterPublishEvent(services, model), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DistributedApplicationException($"Publishing failed: {e.Message}", e);
        }

        // The host takes being stopped while it starts for a failure.
        lifetime.ApplicationStarted.Register(lifetime.StopApplication);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
