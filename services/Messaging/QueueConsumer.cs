using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace MsaAspire.Messaging;

/// <summary>
/// Takes what the broker has delivered, as one batch, hands it to the module's handler and acknowledges after its commit.
/// Batches grow under load; otherwise a batch is one message and nothing waits.
/// </summary>
internal sealed class QueueConsumer(
    Subscription subscription, Outbox outbox, NpgsqlDataSource database, IConnectionFactory factory, Task ready, ILogger<QueueConsumer> logger)
    : BrokerSession($"{subscription.Queue} queue", factory, ready, logger)
{
    private const ushort Prefetch = 512;
    private const int LargestBatch = 256;

    private readonly QueueMetrics _metrics = new(subscription.Queue);

    protected override async Task RunAsync(IConnection connection, BlockedConnection blocking, CancellationToken stopping)
    {
        await using var channel = await connection.CreateChannelAsync(Publisher.ChannelOptions, stopping);
        await Topology.DeclareQueueAsync(channel, subscription.Queue, subscription.Names, stopping);
        await channel.BasicQosAsync(0, Prefetch, global: false, stopping);

        // Bounded by the prefetch. Not SingleReader: such a channel cannot be counted.
        var delivered = Channel.CreateUnbounded<Delivery>(new UnboundedChannelOptions { SingleWriter = true });
        channel.ChannelShutdownAsync += (_, reason) => Lost(delivered, reason.Exception?.Message ?? reason.ReplyText);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.UnregisteredAsync += (_, _) => Lost(delivered, "the broker cancelled the consumer");
        consumer.ReceivedAsync += async (_, args) =>
        {
            _metrics.Received();
            await delivered.Writer.WriteAsync(Delivery.Copy(args), CancellationToken.None);
        };
        _metrics.Connected();
        await channel.BasicConsumeAsync(subscription.Queue, autoAck: false, consumer, stopping);
        Running();

        using var sampling = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var sample = _metrics.SampleAsync(connection, sampling.Token);
        try
        {
            var deadLetters = new DeadLetters(channel, blocking, subscription.Queue);
            var processor = new BatchProcessor(subscription, outbox, database, deadLetters, WaitsForDatabase, logger);
            await ConsumeAsync(delivered.Reader, processor, channel, stopping);
        }
        finally
        {
            await sampling.CancelAsync();
            await sample.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ConsumeAsync(ChannelReader<Delivery> delivered, BatchProcessor processor, IChannel channel, CancellationToken stopping)
    {
        var batch = new List<Delivery>(LargestBatch);
        var pacer = new BatchPacer(TimeProvider.System);
        while (await pacer.FillAsync(delivered, batch, LargestBatch, stopping))
        {
            _metrics.Begin(batch[0]);
            // On SIGTERM the current batch is finished; the broker delivers what is not acknowledged by then to another replica.
            logger.Delivered(subscription.Queue, batch.Count);
            await processor.ProcessAsync(batch, stopping);
            logger.Committed(subscription.Queue, batch.Count);
            await channel.BasicAckAsync(batch[^1].Tag, multiple: true, CancellationToken.None);
            logger.Acknowledged(subscription.Queue, batch.Count);
            _metrics.Acknowledged(batch.Count);
            batch.Clear();
        }
    }

    private static Task Lost(Channel<Delivery> delivered, string reason)
    {
        delivered.Writer.TryComplete(new InvalidOperationException(reason));
        return Task.CompletedTask;
    }
}
