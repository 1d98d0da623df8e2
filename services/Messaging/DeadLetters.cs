using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>The dead-letter queue of a queue. Returns only when the broker holds the message there, so it can be acknowledged here.</summary>
internal sealed class DeadLetters(IChannel channel, string queue)
{
    /// <summary>The header that says why a consumer gave a message up. Where the broker itself did, its <c>x-death</c> says so.</summary>
    public const string ReasonHeader = "dead-letter-reason";

    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(10);

    public async Task AddAsync(Delivery delivery, string reason)
    {
        var properties = new BasicProperties(delivery.Properties)
        {
            DeliveryMode = DeliveryModes.Persistent,
            Headers = new Dictionary<string, object?>(delivery.Properties.Headers ?? new Dictionary<string, object?>())
            {
                [ReasonHeader] = reason,
                ["dead-letter-queue"] = queue,
                ["dead-letter-type"] = delivery.RoutingKey,
                ["dead-letter-at"] = DateTimeOffset.UtcNow.ToString("O"),
            },
        };
        await channel.BasicPublishAsync(Topology.Dead, queue, mandatory: true, properties, delivery.Body).AsTask().WaitAsync(ConfirmTimeout);
        Telemetry.DeadLettered.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", queue));
    }
}
