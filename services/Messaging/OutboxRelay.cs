using Microsoft.Extensions.Logging;
using MsaAspire.Contracts;
using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>Relays a module's outbox to the broker.</summary>
internal sealed class OutboxRelay(string schema, OutboxPump pump, IConnectionFactory factory, Task ready, ILogger<OutboxRelay> logger)
    : BrokerSession($"{schema} outbox", factory, ready, logger)
{
    protected override Task FailedAsync(CancellationToken stopping) => pump.CallForHelpAsync(stopping);

    protected override async Task RunAsync(IConnection connection, Blocking blocking, CancellationToken stopping)
    {
        await using var channel = await connection.CreateChannelAsync(Publisher.ChannelOptions, stopping);
        await Topology.DeclareExchangesAsync(channel, stopping);
        await pump.RunAsync(new Publisher(channel, blocking, schema, ShopEvents.News.Contains), AtWork, stopping);
    }
}
