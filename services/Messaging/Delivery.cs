using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace MsaAspire.Messaging;

/// <summary>A message as the broker delivered it, copied out of the client's buffers.</summary>
internal sealed record Delivery(ulong Tag, string RoutingKey, IReadOnlyBasicProperties Properties, byte[] Body)
{
    public static Delivery Copy(BasicDeliverEventArgs args) =>
        new(args.DeliveryTag, args.RoutingKey, new BasicProperties(args.BasicProperties), args.Body.ToArray());

    /// <summary>How often it was delivered before and came back; quorum queues count that.</summary>
    public long Returns => Properties.Headers?.TryGetValue("x-delivery-count", out var value) == true && value is long or int
        ? Convert.ToInt64(value, CultureInfo.InvariantCulture)
        : 0;

    public string? TraceParent => Properties.Headers?.TryGetValue("traceparent", out var value) == true && value is byte[] text
        ? Encoding.ASCII.GetString(text)
        : null;
}
