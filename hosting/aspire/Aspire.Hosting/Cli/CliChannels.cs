using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Cli;

/// <summary>
/// Listens for the <c>aspire</c> command while the application runs: for the one that started it on the socket it named, for all others on one
/// that they find. An application that cannot be listened to runs on without.
/// </summary>
internal sealed class CliChannels(
    AppHostIdentity identity, IServiceProvider services, ILogger<DistributedApplication> logger) : IHostedLifecycleService, IAsyncDisposable
{
    private readonly List<RpcListener> _listeners = [];

    /// <summary>Before anything else starts: whoever asks is to be told what it is waiting for.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Listen<AuxiliaryChannel>("ps, describe, logs, wait, resource, otel and stop do", () => SocketFolder.Prepare(
            SocketFolder.Default, identity.ProjectFile, Environment.ProcessId));
        if (identity.Cli.SocketPath is { } path)
            Listen<MainChannel>("run and start do", () => path);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After everything else has stopped: until then the application can be asked what it is stopping.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken) => await DisposeAsync().ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        foreach (var listener in _listeners)
            await listener.DisposeAsync().ConfigureAwait(false);
        _listeners.Clear();
    }

    private void Listen<TTarget>(string without, Func<string> path)
        where TTarget : class
    {
        try
        {
            _listeners.Add(RpcListener.Start(path(), gone => ActivatorUtilities.CreateInstance<TTarget>(services, gone), logger));
        }
        catch (Exception e) when (e is IOException or SocketException or UnauthorizedAccessException or ArgumentException)
        {
            logger.LogWarning("The application runs, but what the aspire commands {Commands} is not possible: {Reason}.", without, e.Message);
        }
    }
}
