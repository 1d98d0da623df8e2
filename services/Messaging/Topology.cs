using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>
/// Exchanges and queues of the shop. One topic exchange; one quorum queue a consumer, whose messages end in the queue's
/// dead-letter queue when they were delivered too often or cannot be handled.
/// </summary>
internal static class Topology
{
    /// <summary>As the semantic conventions name it.</summary>
    public const string System = "rabbitmq";

    public const string Events = "shop.events";
    public const string Dead = "shop.dead";

    /// <summary>AMQP's default exchange: its routing keys are names of queues.</summary>
    public const string Queues = "";

    /// <summary>
    /// How often the broker returns a message before it dead-letters it: for consumers that fail before they get as far as to do so themselves, with a
    /// reason (<see cref="Suspects"/>). Returns of a whole prefetch count for each message of it, so the limit is far above theirs. A queue keeps the
    /// limit it was declared with.
    /// </summary>
    public const int DeliveryLimit = 40;

    public static string DeadLetterQueue(string queue) => $"{queue}.dead";

    public static async Task DeclareExchangesAsync(IChannel channel, CancellationToken cancellation)
    {
        await channel.ExchangeDeclareAsync(Events, ExchangeType.Topic, durable: true, cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync(Dead, ExchangeType.Direct, durable: true, cancellationToken: cancellation);
    }

    public static async Task DeclareQueueAsync(IChannel channel, string queue, IEnumerable<string> types, CancellationToken cancellation)
    {
        await DeclareExchangesAsync(channel, cancellation);
        await channel.QueueDeclareAsync(DeadLetterQueue(queue), durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: cancellation);
        await channel.QueueBindAsync(DeadLetterQueue(queue), Dead, queue, cancellationToken: cancellation);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-delivery-limit"] = DeliveryLimit,
            ["x-dead-letter-exchange"] = Dead,
            ["x-dead-letter-routing-key"] = queue,
            // The broker keeps a message that is over its limit until the dead-letter queue holds it, which it asks of the overflow, too.
            ["x-dead-letter-strategy"] = "at-least-once",
            ["x-overflow"] = "reject-publish",
        }, cancellationToken: cancellation);
        foreach (var type in types)
            await channel.QueueBindAsync(queue, Events, type, cancellationToken: cancellation);
    }
}
