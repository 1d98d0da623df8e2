using System.Diagnostics;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace MsaAspire.Messaging;

/// <summary>A row of the outbox that waits to be published.</summary>
internal sealed record OutboxRow(long Row, Guid Id, string Type, byte[] Body, string? TraceParent, int Attempts);

/// <summary>Publishes with all confirms of a batch outstanding at once. A message that no queue takes counts as not published.</summary>
internal sealed class Publisher(IChannel channel)
{
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(10);

    // The relay bounds its batch, so the client need not bound what is outstanding a second time.
    public static readonly CreateChannelOptions ChannelOptions =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: null);

    /// <summary>Publishes all of <paramref name="rows"/> and waits for the broker's word on each.</summary>
    /// <returns>For each row, in order, why the broker did not take it, or null when it confirmed.</returns>
    /// <exception cref="TimeoutException">When the broker does not confirm: it blocks publishers or is gone.</exception>
    public async Task<string?[]> PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellation)
    {
        var confirms = new Task<string?>[rows.Count];
        for (var i = 0; i < rows.Count; i++)
            confirms[i] = PublishAsync(rows[i], cancellation);
        return await Task.WhenAll(confirms).WaitAsync(ConfirmTimeout, cancellation);
    }

    private async Task<string?> PublishAsync(OutboxRow row, CancellationToken cancellation)
    {
        using var activity = Telemetry.Start("publish", row.Type, ActivityKind.Producer, row.TraceParent, row.Id);
        var properties = new BasicProperties
        {
            MessageId = row.Id.ToString(),
            Type = row.Type,
            ContentType = CloudEvent.ContentType,
            DeliveryMode = DeliveryModes.Persistent,
            Headers = new Dictionary<string, object?>(2) { ["traceparent"] = activity?.Id ?? row.TraceParent },
        };
        try
        {
            await channel.BasicPublishAsync(Topology.Events, row.Type, mandatory: true, properties, row.Body, cancellation);
            Telemetry.Sent.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", row.Type));
            return null;
        }
        catch (PublishException e)
        {
            activity?.SetStatus(ActivityStatusCode.Error, e.Message);
            return e.IsReturn ? "no queue is bound for this type of event yet" : "the broker refused it";
        }
    }
}
