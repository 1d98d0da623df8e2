using System.Diagnostics;
using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace MsaAspire.Messaging;

/// <summary>A message as the broker delivered it, copied out of the client's buffers.</summary>
/// <param name="ReceivedAt">A timestamp of <see cref="Stopwatch"/>.</param>
internal sealed record Delivery(ulong Tag, string RoutingKey, IReadOnlyBasicProperties Properties, byte[] Body, long ReceivedAt)
{
    public const string ReturnsHeader = "x-delivery-count";

    /// <summary>From RabbitMQ 4.3 on, where the other one no longer counts deliveries whose consumer died.</summary>
    private const string AcquiredHeader = "x-acquired-count";

    public static Delivery Copy(BasicDeliverEventArgs args) => new(
        args.DeliveryTag, args.RoutingKey, new BasicProperties(args.BasicProperties), args.Body.ToArray(), Stopwatch.GetTimestamp());

    /// <summary>A row of an outbox that never leaves the process.</summary>
    /// <param name="row">The row.</param>
    /// <param name="returns">See <see cref="Returns"/>.</param>
    public static Delivery Of(OutboxRow row, int returns)
    {
        var headers = new Dictionary<string, object?>(3) { [ReturnsHeader] = returns };
        if (row.TraceParent is not null)
            headers["traceparent"] = Encoding.ASCII.GetBytes(row.TraceParent);
        if (row.Retries > 0)
            headers[Messaging.Retries.Header] = row.Retries;
        return new(0, row.Type, new BasicProperties { MessageId = row.Id.ToString(), Type = row.Type, Headers = headers }, row.Body, Stopwatch.GetTimestamp());
    }

    /// <summary>The event's type, as far as it is known without parsing the message. A retry's routing key is its queue.</summary>
    public string Type => Properties.Type ?? RoutingKey;

    /// <summary>How often it was delivered before; quorum queues count that for all messages that a consumer held when it died.</summary>
    public long Returns => Math.Max(Number(Properties, ReturnsHeader), Number(Properties, AcquiredHeader));

    /// <summary>How often its handler failed and it was retried.</summary>
    public int Retries => (int)Math.Clamp(Number(Properties, Messaging.Retries.Header), 0, int.MaxValue - 1);

    /// <summary>W3C trace context; null when there is none or it is not one.</summary>
    public string? TraceParent =>
        Properties.Headers?.TryGetValue("traceparent", out var value) == true && value is byte[] bytes
        && Encoding.ASCII.GetString(bytes) is var text && ActivityContext.TryParse(text, null, out _)
            ? text
            : null;

    public static long Number(IReadOnlyBasicProperties properties, string header) => properties.Headers?.TryGetValue(header, out var value) == true && value is long or int
        ? Convert.ToInt64(value, CultureInfo.InvariantCulture)
        : 0;
}
