using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Cli;

/// <summary>Stops the application when the command that started it is gone, for instance killed: nobody else would.</summary>
internal sealed class CliWatch(AppHostIdentity identity, IHostApplicationLifetime lifetime, ILogger<DistributedApplication> logger) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (identity.Cli.ProcessId is not { } cli)
            return;
        var started = Processes.IdentityOf(cli);
        using var timer = new PeriodicTimer(s_interval);
        do
        {
            if (started is not null && Processes.IdentityOf(cli) == started)
                continue;
            logger.LogWarning("The aspire command that started this application (process {ProcessId}) is gone, so the application stops.", cli);
            lifetime.StopApplication();
            return;
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
