using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace MsaAspire.Messaging.InProcess;

/// <summary>
/// Publishes events to other processes, over the broker. Nothing in this process depends on it: what the broker does not accept waits
/// in the outbox and delays nothing else.
/// </summary>
internal sealed class BrokerForwarder(IReadOnlySet<string> types, IConnectionFactory factory, ILogger<BrokerForwarder> logger)
    : BrokerSession("events for other processes", factory, Task.CompletedTask, logger)
{
    /// <summary>The modules of this process get their events at the same time, and the next ones after that: they must not wait for the broker.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private volatile Publisher? _publisher;
    private volatile Task? _late;

    public bool Wants(OutboxRow row) => row.Retries == 0 && types.Contains(row.Type);

    /// <returns>Null when the broker has confirmed it, otherwise why not.</returns>
    public async Task<string?> PublishAsync(OutboxRow row, CancellationToken stopping)
    {
        if (_publisher is not { } publisher)
            return $"the broker is not connected: {Fault}";
        if (Blocked is { } reason)
            return reason;
        if (_late is { IsCompleted: false })
            return "the broker does not answer";
        var published = publisher.PublishAsync([row], stopping);
        try
        {
            return (await published.WaitAsync(Patience, stopping))[0];
        }
        catch (TimeoutException)
        {
            // The broker may have it nevertheless; it is then published twice.
            _late = published;
            return $"the broker has not confirmed within {Patience.TotalSeconds:0} s";
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            return e.Message;
        }
    }

    protected override async Task RunAsync(IConnection connection, BlockedConnection blocking, CancellationToken stopping)
    {
        await using var channel = await connection.CreateChannelAsync(Publisher.ChannelOptions, stopping);
        await Topology.DeclareExchangesAsync(channel, stopping);
        var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            lost.TrySetException(new InvalidOperationException(reason.Exception?.Message ?? reason.ReplyText));
            return Task.CompletedTask;
        };
        _publisher = new(channel, blocking, queue: "", needsNoSubscriber: _ => true, logger);
        try
        {
            Running();
            await lost.Task.WaitAsync(stopping);
        }
        finally
        {
            _publisher = null;
        }
    }
}
