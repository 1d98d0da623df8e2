using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MsaAspire.ServiceDefaults;

/// <summary>
/// Work that runs for as long as the host. Its first fault ends it: the fault is logged and shown in <c>/health</c> until the work runs again,
/// which it is started for after a delay that grows with each failure in a row. Register it with <see cref="BackgroundLoops.AddBackgroundLoop"/>.
/// </summary>
/// <param name="name">What health and logs call it.</param>
/// <param name="logger">Logs its faults.</param>
public abstract class BackgroundLoop(string name, ILogger logger) : BackgroundService
{
    private volatile string? _fault;
    private volatile bool _running, _waitsForDatabase;

    /// <summary>What health and logs call it.</summary>
    public string Name => name;

    /// <summary>Why it does not run; null when it does.</summary>
    public virtual string? Fault => _fault;

    /// <summary>
    /// The health while it has a fault. Degraded by default: requests that do not need this work are served meanwhile, and taking the service out
    /// of traffic would not repair it. Unhealthy while the database takes no writes, because no request can be served either.
    /// </summary>
    public virtual HealthStatus FaultStatus => _waitsForDatabase ? HealthStatus.Unhealthy : HealthStatus.Degraded;

    /// <summary>Runs until <paramref name="stopping"/>, and calls <see cref="Running"/> whenever it is known to work.</summary>
    protected abstract Task RunAsync(CancellationToken stopping);

    /// <summary>Reports that it works: it has no fault, and the next restart comes at once.</summary>
    protected void Running() => (_fault, _running, _waitsForDatabase) = (null, true, false);

    /// <summary>Reports why it does not work although it has not ended.</summary>
    protected void NotRunning(string reason) => _fault = reason;

    /// <summary>Reports why the database takes no writes, which the work waits for; null when it takes them again.</summary>
    protected void WaitsForDatabase(string? reason)
    {
        if (reason is null)
            Running();
        else
            (_fault, _waitsForDatabase) = (reason, true);
    }

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var restarts = RestartDelays.Build(
            _ => !stoppingToken.IsCancellationRequested,
            (fault, delay) => logger.LogWarning(fault, "{Loop} failed and restarts in {Delay}: {Reason}", name, delay, fault.Message));
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await restarts.ExecuteAsync(async stopping => await RunOnceAsync(stopping), stoppingToken);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task RunOnceAsync(CancellationToken stopping)
    {
        try
        {
            await RunAsync(stopping);
            if (!stopping.IsCancellationRequested)
                throw new InvalidOperationException("it ended by itself");
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            _fault = e.Message;
            if (!_running)
                throw;
            // It ran before, so this is the first failure in a row: the delays begin again.
            _running = false;
            logger.LogWarning(e, "{Loop} failed and restarts: {Reason}", name, e.Message);
        }
    }
}
