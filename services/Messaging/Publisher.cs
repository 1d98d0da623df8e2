using System.Diagnostics;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace MsaAspire.Messaging;

/// <summary>Publishes with all confirms of a batch outstanding at once. An unroutable message counts as not published, unless its event type needs no subscriber.</summary>
/// <param name="channel">With <see cref="ChannelOptions"/>.</param>
/// <param name="blocking">Of its connection.</param>
/// <param name="queue">Where retries go.</param>
/// <param name="needsNoSubscriber">Which types of events may go to nobody.</param>
/// <param name="logger">Logs the steps.</param>
internal sealed class Publisher(IChannel channel, BlockedConnection blocking, string queue, Predicate<string> needsNoSubscriber, ILogger logger) : IPublisher
{
    // The relay limits its batch, so the client need not limit outstanding confirms again.
    public static readonly CreateChannelOptions ChannelOptions =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);

    public async Task ReadyAsync(CancellationToken stopping)
    {
        await blocking.WaitAsync(stopping);
        if (!channel.IsOpen)
            throw new InvalidOperationException(channel.CloseReason?.ReplyText ?? "the channel is closed");
    }

    /// <inheritdoc/>
    /// <exception cref="TimeoutException">The broker does not confirm: it is unavailable.</exception>
    public async Task<string?[]> PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken stopping)
    {
        var confirms = new Task<string?>[rows.Count];
        for (var i = 0; i < rows.Count; i++)
            confirms[i] = PublishAsync(rows[i]);
        logger.Published(queue, rows.Count);
        return await blocking.ConfirmAsync(Task.WhenAll(confirms), stopping);
    }

    private async Task<string?> PublishAsync(OutboxRow row)
    {
        using var activity = Telemetry.Start(Topology.System, "publish", row.Type, ActivityKind.Producer, row.TraceParent, row.Id);
        var properties = new BasicProperties
        {
            MessageId = row.Id.ToString(),
            Type = row.Type,
            ContentType = CloudEvent.ContentType,
            DeliveryMode = DeliveryModes.Persistent,
            Headers = new Dictionary<string, object?>(2) { ["traceparent"] = activity?.Id ?? row.TraceParent },
        };
        var (exchange, routingKey) = (Topology.Events, row.Type);
        if (row.Retries > 0)
        {
            properties.Headers[Retries.Header] = row.Retries;
            (exchange, routingKey) = (Topology.Queues, queue);
        }

        try
        {
            await channel.BasicPublishAsync(exchange, routingKey, mandatory: row.Retries > 0 || !needsNoSubscriber(row.Type), properties, row.Body);
            Telemetry.Sent.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", row.Type));
            return null;
        }
        catch (PublishException e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            return e.IsReturn ? "no queue is bound for this type of event yet" : "the broker rejected it";
        }
    }
}
