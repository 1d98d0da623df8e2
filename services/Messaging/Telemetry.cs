using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MsaAspire.Messaging;

/// <summary>Spans and measurements by the semantic conventions for messaging; what they do not name is <c>messaging.outbox.*</c>, <c>messaging.inbox.*</c> and <c>messaging.queue.*</c>.</summary>
internal static class Telemetry
{
    private const string Name = "MsaAspire.Messaging";

    public static readonly ActivitySource Source = new(Name);
    public static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Sent = Meter.CreateCounter<long>("messaging.client.sent.messages", "{message}");
    public static readonly Counter<long> Consumed = Meter.CreateCounter<long>("messaging.client.consumed.messages", "{message}");
    public static readonly Counter<long> Duplicates = Meter.CreateCounter<long>("messaging.inbox.duplicates", "{message}");
    public static readonly Counter<long> Retried = Meter.CreateCounter<long>("messaging.client.retried.messages", "{message}");
    public static readonly Counter<long> DeadLettered = Meter.CreateCounter<long>("messaging.client.dead_lettered.messages", "{message}");
    public static readonly Histogram<double> ProcessDuration = Meter.CreateHistogram<double>("messaging.process.duration", "s");
    public static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>("messaging.process.batch.size", "{message}");

    public static Activity? Start(string system, string operation, string type, ActivityKind kind, string? parent, Guid? id)
    {
        var context = ActivityContext.TryParse(parent, null, isRemote: true, out var parsed) ? parsed : default;
        var activity = Source.CreateActivity($"{operation} {type}", kind, context);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("messaging.system", system);
            activity.SetTag("messaging.operation.name", operation);
            activity.SetTag("messaging.operation.type", kind == ActivityKind.Producer ? "send" : "process");
            activity.SetTag("messaging.destination.name", Topology.Events);
            activity.SetTag("messaging.rabbitmq.destination.routing_key", type);
            activity.SetTag("messaging.message.id", id);
        }

        return activity?.Start();
    }
}
