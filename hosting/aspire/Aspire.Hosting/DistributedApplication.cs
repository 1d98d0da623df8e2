using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Aspire.Hosting.Lifecycle;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting;

/// <summary>A built application: run it, or publish it, as its arguments say.</summary>
public class DistributedApplication(IHost host) : IHost, IAsyncDisposable
{
    private Task? _beforeStart;
    private Task? _stop;
    private bool _started;

    public IServiceProvider Services => host.Services;

    public ResourceNotificationService ResourceNotifications => Services.GetRequiredService<ResourceNotificationService>();

    public ResourceCommandService ResourceCommands => Services.GetRequiredService<ResourceCommandService>();

    /// <summary>Who looks on; null outside tests.</summary>
    internal AppHostObserver? Observer { get; init; }

    public static IDistributedApplicationBuilder CreateBuilder() => CreateBuilder([]);

    public static IDistributedApplicationBuilder CreateBuilder(string[] args) => CreateBuilder(new DistributedApplicationOptions { Args = args });

    public static IDistributedApplicationBuilder CreateBuilder(DistributedApplicationOptions options)
    {
        if (AppHostObserver.Current is null)
        {
            PlainErrors.Enable();
        }

        return new DistributedApplicationBuilder(options);
    }

    /// <summary>Runs the application until Ctrl+C or SIGTERM, or publishes it.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <inheritdoc cref="Run"/>
    public virtual async Task RunAsync(CancellationToken cancellationToken = default)
    {
        if (Observer?.Run is { } run)
        {
            await run(cancellationToken).ConfigureAwait(false);
            return;
        }

        try
        {
            await BeforeStartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // What was begun early, such as DCP, ends with its temporary files; a caller of Run need not dispose of anything.
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }

        await host.RunAsync(cancellationToken).ConfigureAwait(false);
    }

    public virtual async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await BeforeStartAsync(cancellationToken).ConfigureAwait(false);
        _started = true;
        await host.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    public virtual Task StopAsync(CancellationToken cancellationToken = default) => _stop ??= host.StopAsync(cancellationToken);

    /// <summary>Stops the application if it still runs.</summary>
    public virtual void Dispose()
    {
        DisposeAsync().AsTask().GetAwaiter().GetResult();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose"/>
    public virtual async ValueTask DisposeAsync()
    {
        try
        {
            if (_started)
            {
                await StopAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            if (host is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync().ConfigureAwait(false);
            }
            else
            {
                host.Dispose();
            }

            GC.SuppressFinalize(this);
        }
    }

    private Task BeforeStartAsync(CancellationToken cancellationToken) => _beforeStart ??= PublishBeforeStartAsync(cancellationToken);

    private async Task PublishBeforeStartAsync(CancellationToken cancellationToken)
    {
        var eventing = Services.GetRequiredService<IDistributedApplicationEventing>();
        var executionContext = Services.GetRequiredService<DistributedApplicationExecutionContext>();
        foreach (var subscriber in Services.GetServices<IDistributedApplicationEventingSubscriber>())
        {
            await subscriber.SubscribeAsync(eventing, executionContext, cancellationToken).ConfigureAwait(false);
        }

        var model = Services.GetRequiredService<DistributedApplicationModel>();
        Services.GetRequiredService<ILogger<DistributedApplication>>().LogDebug(
            "Starting to {Operation} an application of {Count} resources", executionContext.Operation, model.Resources.Count);
        await eventing.PublishAsync(new BeforeStartEvent(Services, model), cancellationToken).ConfigureAwait(false);
    }
}
