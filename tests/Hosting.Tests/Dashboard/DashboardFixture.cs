using System.Collections.Concurrent;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Hosting.Tests.Dashboard;

/// <summary>A running application with one resource and the real dashboard, on free ports.</summary>
public sealed class DashboardFixture : IAsyncLifetime, ILoggerProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _log = [];
    private DistributedApplication? _app;

    public IConfiguration Configuration => App.Services.GetRequiredService<IConfiguration>();

    public IReadOnlyCollection<string> Log => _log;

    private DistributedApplication App => _app ?? throw new InvalidOperationException("The application has not started.");

    public async ValueTask InitializeAsync()
    {
        var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions());
        builder.Services.AddSingleton<ILoggerProvider>(this);
        builder.AddResource(new ExecutableResource("worker", "/bin/sleep", "/")).WithArgs("600").WithOtlpExporter();
        _app = builder.Build();
        using var timeout = new CancellationTokenSource(Patience);
        await _app.StartAsync(timeout.Token);
        await WaitForDashboardAsync();
    }

    /// <summary>Waits until a dashboard answers; another than the given one if a process id is given.</summary>
    /// <returns>Its process id.</returns>
    public async Task<int> WaitForDashboardAsync(int? otherThan = null)
    {
        using var timeout = new CancellationTokenSource(Patience);
        var running = await App.ResourceNotifications.WaitForResourceAsync(
            "aspire-dashboard",
            update => update.Snapshot.HealthStatus is HealthStatus.Healthy && ProcessId(update) is { } id && id != otherThan,
            timeout.Token);
        return ProcessId(running)!.Value;
    }

    public Uri Frontend() => new(Dashboard().GetEndpoint("http").Url);

    public async Task<IReadOnlyDictionary<string, string?>> EnvironmentOfWorkerAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        var update = await App.ResourceNotifications.WaitForResourceAsync(
            "worker",
            update => update.Snapshot.State?.Text == KnownResourceStates.Running && update.Snapshot.EnvironmentVariables.Length > 0,
            timeout.Token);
        return update.Snapshot.EnvironmentVariables.Where(variable => variable.IsFromSpec).ToDictionary(variable => variable.Name, variable => variable.Value);
    }

    public Uri OtlpEndpoint() => new(Dashboard().GetEndpoint("otlp-grpc").Url);

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }

    ILogger ILoggerProvider.CreateLogger(string categoryName) => new Recorder(categoryName, _log);

    void IDisposable.Dispose()
    {
    }

    private ExecutableResource Dashboard() =>
        App.Services.GetRequiredService<DistributedApplicationModel>().Resources
            .OfType<ExecutableResource>().Single(resource => resource.Name == "aspire-dashboard");

    private static int? ProcessId(ResourceEvent update) =>
        update.Snapshot.Properties.FirstOrDefault(property => property.Name == "executable.pid")?.Value is { } value
            ? Convert.ToInt32(value, CultureInfo.InvariantCulture)
            : null;

    private sealed class Recorder(string category, ConcurrentQueue<string> log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Enqueue($"{category}: {formatter(state, exception)}");
    }
}
