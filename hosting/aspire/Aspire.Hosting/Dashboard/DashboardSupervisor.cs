using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Starts the dashboard again whenever it ends while the application runs.</summary>
internal sealed class DashboardSupervisor(
    ResourceNotificationService notifications,
    ResourceCommandService commands,
    IHostApplicationLifetime lifetime,
    ILogger<DistributedApplication> logger) : BackgroundService
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        var backoff = new RestartBackoff(TimeProvider.System);
        try
        {
            while (true)
            {
                var ended = await notifications.WaitForResourceAsync(DashboardResource.Name, HasEnded, end.Token).ConfigureAwait(false);
                var delay = backoff.Next();
                logger.LogWarning(
                    "The dashboard ended with exit code {ExitCode}; it is started again in {Delay} s.", ended.Snapshot.ExitCode, delay.TotalSeconds);
                await Task.Delay(delay, end.Token).ConfigureAwait(false);
                await StartAsync(ended, end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // the application stops, and the dashboard with it
        }
    }

    // A start evaluates the environment anew, and with it the address of the resource service.
    private async Task StartAsync(ResourceEvent ended, CancellationToken cancellationToken)
    {
        var result = await commands.ExecuteCommandAsync(ended.ResourceId, KnownResourceCommands.StartCommand, cancellationToken).ConfigureAwait(false);
        if (!result.Success)
        {
            logger.LogError("The dashboard could not be started again: {Message}", result.Message);
            return;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(StartTimeout);
        try
        {
            await notifications.WaitForResourceAsync(DashboardResource.Name, update => !HasEnded(update), timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogError("The dashboard did not start within {Timeout}.", StartTimeout);
        }
    }

    private static bool HasEnded(ResourceEvent update) =>
        update.Snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state);
}
