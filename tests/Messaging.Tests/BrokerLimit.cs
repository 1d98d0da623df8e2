using System.Text;
using MsaAspire.Messaging;
using RabbitMQ.Client;
using Xunit;

namespace Messaging.Tests;

/// <summary>What the broker does by itself with a message that no consumer gets as far as to dead-letter.</summary>
public class BrokerLimit(Servers servers)
{
    [Fact]
    public async Task A_message_that_comes_back_over_the_broker_s_own_limit_is_in_the_dead_letter_queue()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var queue = $"t{Guid.NewGuid():N}";
        await using var connection = await new ConnectionFactory { Uri = new(servers.RabbitMQ) }.CreateConnectionAsync(cancelled);
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancelled);
        await Topology.DeclareQueueAsync(channel, queue, [], cancelled);
        await channel.BasicPublishAsync(Topology.Queues, queue, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes("poison"), cancelled);

        var returns = 0;
        var dead = await Eventually.IsAsync(
            async () =>
            {
                if (await channel.BasicGetAsync(queue, autoAck: false, cancelled) is { } message)
                {
                    await channel.BasicNackAsync(message.DeliveryTag, multiple: false, requeue: true, cancelled);
                    returns++;
                }

                return await channel.BasicGetAsync(Topology.DeadLetterQueue(queue), autoAck: true, cancelled);
            },
            message => message is not null);

        Assert.Equal("poison", Encoding.UTF8.GetString(dead!.Body.Span));
        Assert.Equal(Topology.DeliveryLimit + 1, returns);
        await channel.QueueDeleteAsync(queue, cancellationToken: cancelled);
        await channel.QueueDeleteAsync(Topology.DeadLetterQueue(queue), cancellationToken: cancelled);
    }
}
