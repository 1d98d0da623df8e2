using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Orchestration;

/// <summary>Ties the orchestrator to the host's start and stop.</summary>
internal sealed class OrchestratorHostService(ApplicationOrchestrator orchestrator, IHostApplicationLifetime lifetime) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await orchestrator.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Ctrl+C while resources were still starting is an ordinary end.
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => orchestrator.StopAsync();
}
