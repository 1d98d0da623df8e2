using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace MsaAspire.Messaging;

/// <summary>
/// Takes what the broker has delivered, as one batch, hands it to the module's handler and acknowledges after its commit.
/// Under load batches grow by themselves; with none a batch is one message and nothing waits.
/// </summary>
internal sealed class QueueConsumer(Subscription subscription, IConnectionFactory factory, Task ready, ILogger<QueueConsumer> logger)
    : BrokerSession($"{subscription.Queue} queue", factory, ready, logger)
{
    private const ushort Prefetch = 256;
    private const int LargestBatch = 64;

    protected override async Task RunAsync(IConnection connection, CancellationToken stopping)
    {
        await using var channel = await connection.CreateChannelAsync(Publisher.ChannelOptions, stopping);
        await Topology.DeclareQueueAsync(channel, subscription.Queue, subscription.Types.Keys, stopping);
        await channel.BasicQosAsync(0, Prefetch, global: false, stopping);

        // Never more than the prefetch, which bounds it.
        var delivered = Channel.CreateUnbounded<Delivery>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        channel.ChannelShutdownAsync += (_, reason) => Lost(delivered, reason.Exception?.Message ?? reason.ReplyText);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.UnregisteredAsync += (_, _) => Lost(delivered, "the broker cancelled the consumer");
        consumer.ReceivedAsync += async (_, args) => await delivered.Writer.WriteAsync(Delivery.Copy(args), CancellationToken.None);
        await channel.BasicConsumeAsync(subscription.Queue, autoAck: false, consumer, stopping);
        AtWork();

        var processor = new BatchProcessor(subscription, new DeadLetters(channel, subscription.Queue), logger);
        var batch = new List<Delivery>(LargestBatch);
        while (await delivered.Reader.WaitToReadAsync(stopping))
        {
            while (batch.Count < LargestBatch && delivered.Reader.TryRead(out var delivery))
                batch.Add(delivery);
            // On SIGTERM the batch at hand is finished; what is not acknowledged by then, the broker delivers to another replica.
            await processor.ProcessAsync(batch, stopping);
            await channel.BasicAckAsync(batch[^1].Tag, multiple: true, CancellationToken.None);
            batch.Clear();
        }
    }

    private static Task Lost(Channel<Delivery> delivered, string reason)
    {
        delivered.Writer.TryComplete(new InvalidOperationException(reason));
        return Task.CompletedTask;
    }
}
