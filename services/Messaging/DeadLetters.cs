using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>Where messages go that no retry can help.</summary>
internal interface IDeadLetters
{
    /// <summary>Returns only when the message is there for good, so it can be acknowledged.</summary>
    Task AddAsync(Delivery delivery, string reason, CancellationToken cancellation);
}

/// <summary>The way into the dead-letter queue of a queue.</summary>
internal sealed class DeadLetters(IChannel channel, Blocking blocking, string queue) : IDeadLetters
{
    /// <summary>The header that says why a consumer gave a message up. Where the broker itself did, its <c>x-death</c> says so.</summary>
    public const string ReasonHeader = "dead-letter-reason";

    /// <summary>The header that says when.</summary>
    public const string TimeHeader = "dead-letter-at";

    /// <summary>A reason can quote the message, and headers longer than a frame would end the connection.</summary>
    private const int LongestReason = 500;

    public async Task AddAsync(Delivery delivery, string reason, CancellationToken cancellation)
    {
        // Only what is known: a foreign expiration would empty the queue, a foreign header CC would send copies elsewhere.
        var properties = new BasicProperties
        {
            MessageId = delivery.Properties.MessageId,
            Type = delivery.Type,
            ContentType = delivery.Properties.ContentType,
            DeliveryMode = DeliveryModes.Persistent,
            Headers = new Dictionary<string, object?>
            {
                ["traceparent"] = delivery.TraceParent,
                [ReasonHeader] = reason.Length <= LongestReason ? reason : $"{reason[..LongestReason]}...",
                [TimeHeader] = DateTimeOffset.UtcNow.ToString("O"),
            },
        };
        await blocking.ConfirmAsync(PublishAsync(properties, delivery.Body), cancellation);
        Telemetry.DeadLettered.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", queue));
    }

    private async Task<bool> PublishAsync(BasicProperties properties, byte[] body)
    {
        await channel.BasicPublishAsync(Topology.Dead, queue, mandatory: true, properties, body);
        return true;
    }
}
