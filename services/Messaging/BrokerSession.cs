using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>
/// Keeps one connection to the broker for as long as the host runs and does its work on it; after a failure it starts over on a
/// new connection. The client's own recovery is off: callers cannot tell what it recovers and what it does not.
/// </summary>
internal abstract class BrokerSession(string name, IConnectionFactory factory, Task ready, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100), LongestDelay = TimeSpan.FromSeconds(5);

    private volatile string? _fault = "not connected yet";
    private volatile Blocking? _blocking;
    private TimeSpan _delay = FirstDelay;

    public string Name => name;

    /// <summary>Why it is not running; null when it is.</summary>
    public string? Fault => _fault;

    /// <summary>Why the broker blocks it; null when it does not.</summary>
    public string? Blocked => _blocking?.Reason;

    /// <summary>Runs until <paramref name="stopping"/>, after reporting it with <see cref="AtWork"/>; throws when the connection is lost.</summary>
    protected abstract Task RunAsync(IConnection connection, Blocking blocking, CancellationToken stopping);

    protected void AtWork() => (_fault, _delay) = (null, FirstDelay);

    /// <summary>Called after each failure; may fail itself.</summary>
    protected virtual Task FailedAsync(CancellationToken stopping) => Task.CompletedTask;

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await factory.CreateConnectionAsync(name, stoppingToken);
                await RunAsync(connection, _blocking = new(connection), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                _fault = e.Message;
                logger.LogWarning("{Session} failed and starts over in {Delay}: {Reason}", name, _delay, e.Message);
                await TellFailureAsync(stoppingToken);
                await Task.Delay(_delay, stoppingToken);
                _delay = _delay * 2 < LongestDelay ? _delay * 2 : LongestDelay;
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private async Task TellFailureAsync(CancellationToken stopping)
    {
        try
        {
            await FailedAsync(stopping);
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            logger.LogDebug(e, "{Session} could not report its failure", name);
        }
    }
}
