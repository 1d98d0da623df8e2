using Microsoft.Extensions.Logging;
using MsaAspire.Contracts;
using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>
/// Relays a module's outbox to the broker. It declares the queues of all subscribers first: on a new or emptied broker an event would otherwise
/// reach only those that happened to start earlier.
/// </summary>
internal sealed class OutboxRelay(string schema, OutboxDispatcher dispatcher, IConnectionFactory factory, Task ready, ILogger<OutboxRelay> logger)
    : BrokerSession($"{schema} outbox", factory, ready, logger)
{
    protected override async Task RunAsync(IConnection connection, BlockedConnection blocking, CancellationToken stopping)
    {
        await using var channel = await connection.CreateChannelAsync(Publisher.ChannelOptions, stopping);
        await Topology.DeclareExchangesAsync(channel, stopping);
        foreach (var subscriber in ShopEvents.BySubscriber)
            await Topology.DeclareQueueAsync(channel, subscriber.Key, subscriber.Select(type => type.Name), stopping);
        await dispatcher.RunAsync(new Publisher(channel, blocking, schema, ShopEvents.WithoutSubscriber.Contains, logger), Running, stopping);
    }
}
