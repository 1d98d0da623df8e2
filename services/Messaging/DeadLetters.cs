using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>Where messages go that cannot succeed on a retry.</summary>
internal interface IDeadLetters
{
    /// <summary>Returns only when the message is stored there, so it can be acknowledged.</summary>
    Task AddAsync(Delivery delivery, string reason, CancellationToken cancellation);
}

/// <summary>Publishes to the dead-letter queue of a queue.</summary>
internal sealed class DeadLetters(IChannel channel, BlockedConnection blocking, string queue) : IDeadLetters
{
    /// <summary>The header with the reason for which a consumer dead-lettered a message. Where the broker itself did, <c>x-death</c> has it.</summary>
    public const string ReasonHeader = "dead-letter-reason";

    /// <summary>The header with the time.</summary>
    public const string TimeHeader = "dead-letter-at";

    /// <summary>A reason can quote the message, and headers longer than a frame would close the connection.</summary>
    private const int LongestReason = 500;

    public async Task AddAsync(Delivery delivery, string reason, CancellationToken cancellation)
    {
        // Known properties only: a foreign expiration would empty the queue, a foreign header CC would send copies to other queues.
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
