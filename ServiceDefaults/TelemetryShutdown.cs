using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MsaAspire.ServiceDefaults;

/// <summary>Flushes the remaining telemetry at shutdown with a short timeout: an unresponsive collector would delay each service by 15 s.</summary>
internal sealed class TelemetryShutdown(IServiceProvider services) : IHostedLifecycleService
{
    private static readonly int s_limit = (int)TimeSpan.FromSeconds(1.5).TotalMilliseconds;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => services.GetService<TracerProvider>()?.Shutdown(s_limit), CancellationToken.None),
        Task.Run(() => services.GetService<MeterProvider>()?.Shutdown(s_limit), CancellationToken.None),
        Task.Run(() => services.GetService<LoggerProvider>()?.Shutdown(s_limit), CancellationToken.None));

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
