using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>
/// Holds one connection to the broker for as long as the host runs and does its work on it; after a failure all starts over on a
/// new connection. The client's own recovery is off: what it recovers and what it does not cannot be told apart from outside.
/// </summary>
internal abstract class BrokerSession(string name, IConnectionFactory factory, Task ready, ILogger logger) : BackgroundService
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100), LongestDelay = TimeSpan.FromSeconds(5);

    private volatile string? _fault = "not connected yet";

    public string Name => name;

    /// <summary>Why it does no work now; null when all is well.</summary>
    public string? Fault => _fault;

    /// <summary>Works until <paramref name="stopping"/>; throws when the connection or the channel is lost.</summary>
    protected abstract Task RunAsync(IConnection connection, CancellationToken stopping);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        var delay = FirstDelay;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await factory.CreateConnectionAsync(name, stoppingToken);
                (_fault, delay) = (null, FirstDelay);
                await RunAsync(connection, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                _fault = e.Message;
                logger.LogWarning("{Session} lost the broker or the database and starts over in {Delay}: {Reason}", name, delay, e.Message);
                await Task.Delay(delay, stoppingToken);
                delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
