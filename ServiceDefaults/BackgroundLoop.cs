using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

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
    private volatile bool _running;

    /// <summary>What health and logs call it.</summary>
    public string Name => name;

    /// <summary>Why it does not run; null when it does.</summary>
    public virtual string? Fault => _fault;

    /// <summary>
    /// The health while it has a fault. Degraded by default: requests that do not need this work are served meanwhile, and taking the service out
    /// of traffic would not repair it.
    /// </summary>
    public virtual HealthStatus FaultStatus => HealthStatus.Degraded;

    /// <summary>Runs until <paramref name="stopping"/>, and calls <see cref="Running"/> whenever it is known to work.</summary>
    protected abstract Task RunAsync(CancellationToken stopping);

    /// <summary>Reports that it works: it has no fault, and the next restart comes at once.</summary>
    protected void Running() => (_fault, _running) = (null, true);

    /// <summary>Reports why it does not work although it has not ended.</summary>
    protected void NotRunning(string reason) => _fault = reason;

    /// <summary>Called after each fault; may fail itself.</summary>
    protected virtual Task FaultedAsync(CancellationToken stopping) => Task.CompletedTask;

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
            await ReportFaultAsync(stopping);
            if (!_running)
                throw;
            // It ran before, so this is the first failure in a row: the delays begin again.
            _running = false;
            logger.LogWarning(e, "{Loop} failed and restarts: {Reason}", name, e.Message);
        }
    }

    private async Task ReportFaultAsync(CancellationToken stopping)
    {
        try
        {
            await FaultedAsync(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            logger.LogDebug(e, "{Loop} could not report its fault", name);
        }
    }
}

/// <summary>The delays between two attempts of what must succeed at last: they double up to five seconds, with jitter, without end.</summary>
public static class RestartDelays
{
    /// <summary>Builds them.</summary>
    /// <param name="handles">Which failures are followed by another attempt.</param>
    /// <param name="onRetry">Called with each failure and the delay after it.</param>
    public static ResiliencePipeline Build(Predicate<Exception> handles, Action<Exception, TimeSpan> onRetry) =>
        new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is { } e && handles(e)),
            MaxRetryAttempts = int.MaxValue,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromMilliseconds(100),
            MaxDelay = TimeSpan.FromSeconds(5),
            OnRetry = args =>
            {
                onRetry(args.Outcome.Exception!, args.RetryDelay);
                return ValueTask.CompletedTask;
            },
        }).Build();
}

/// <summary>Registers background work.</summary>
public static class BackgroundLoops
{
    /// <summary>Starts the loop with the host and shows its faults in <c>/health</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="create">Creates the loop.</param>
    public static void AddBackgroundLoop<T>(this IServiceCollection services, Func<IServiceProvider, T> create)
        where T : BackgroundLoop
    {
        // One object in two roles: the host starts it, and health asks it.
        var key = new object();
        services.AddKeyedSingleton(key, (provider, _) => create(provider));
        services.AddSingleton<BackgroundLoop>(provider => provider.GetRequiredKeyedService<T>(key));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<T>(key));
        if (services.All(s => s.ServiceType != typeof(LoopsHealth)))
        {
            services.AddSingleton<LoopsHealth>();
            services.AddHealthChecks().AddCheck<LoopsHealth>("background work");
        }
    }

    private sealed class LoopsHealth(IEnumerable<BackgroundLoop> loops) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            var faults = (from loop in loops let fault = loop.Fault where fault is not null select (loop.FaultStatus, Text: $"{loop.Name}: {fault}")).ToList();
            return Task.FromResult(faults.Count == 0
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(faults.Min(f => f.FaultStatus), string.Join("; ", faults.Select(f => f.Text))));
        }
    }
}
