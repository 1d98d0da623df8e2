using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Benchmarks.Messages;

/// <summary>The ceiling of RabbitMQ: persistent messages published to a quorum queue, confirmed, consumed and acknowledged.</summary>
internal static class BareBroker
{
    private const string Queue = "bare";
    private const int InFlight = 50;

    public static async Task<double> MessagesPerSecondAsync(string connectionString, byte[] body, TimeSpan duration, CancellationToken cancellation)
    {
        var factory = new ConnectionFactory { Uri = new Uri(connectionString) };
        await using var publishing = await factory.CreateConnectionAsync(cancellation);
        await using var consuming = await factory.CreateConnectionAsync(cancellation);
        await using var output = await publishing.CreateChannelAsync(new CreateChannelOptions(true, true, outstandingPublisherConfirmationsRateLimiter: null), cancellation);
        await using var input = await consuming.CreateChannelAsync(cancellationToken: cancellation);
        await input.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellation);
        await input.BasicQosAsync(0, InFlight * 4, global: false, cancellation);
        var consumed = 0;
        var consumer = new AsyncEventingBasicConsumer(input);
        consumer.ReceivedAsync += async (_, args) =>
        {
            await input.BasicAckAsync(args.DeliveryTag, multiple: false, CancellationToken.None);
            Interlocked.Increment(ref consumed);
        };
        await input.BasicConsumeAsync(Queue, autoAck: false, consumer, cancellation);

        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent };
        var start = Stopwatch.GetTimestamp();
        var published = (await Task.WhenAll(Enumerable.Range(0, InFlight).Select(_ => Task.Run(PublishAsync, cancellation)))).Sum();
        while (Volatile.Read(ref consumed) < published)
            await Task.Delay(1, cancellation);
        return published / Stopwatch.GetElapsedTime(start).TotalSeconds;

        async Task<int> PublishAsync()
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < duration; count++)
                await output.BasicPublishAsync("", Queue, mandatory: true, properties, body, cancellation);
            return count;
        }
    }
}
