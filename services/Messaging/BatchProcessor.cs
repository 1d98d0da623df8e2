using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MsaAspire.Messaging;

/// <summary>
/// Sees a batch of deliveries through: each is applied, a duplicate, or in the dead-letter queue when this returns. A fault of the
/// database is waited out with the messages in hand: it is no fault of theirs, so it must not count against their delivery limit.
/// </summary>
internal sealed class BatchProcessor(Subscription subscription, DeadLetters deadLetters, ILogger logger)
{
    private const int Attempts = 3;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50), LongestDelay = TimeSpan.FromSeconds(5);

    public async Task ProcessAsync(IReadOnlyList<Delivery> deliveries, CancellationToken stopping)
    {
        var started = Stopwatch.GetTimestamp();
        var activities = new List<Activity>(deliveries.Count);
        var events = new List<(Delivery Delivery, ReceivedEvent Event)>(deliveries.Count);
        foreach (var delivery in deliveries)
        {
            var activity = Telemetry.Start("process", delivery.RoutingKey, ActivityKind.Consumer, delivery.TraceParent, null);
            if (activity is not null)
                activities.Add(activity);
            try
            {
                if (delivery.Returns >= Topology.DeliveryLimit)
                    throw new UnhandleableException($"came back {delivery.Returns} times: each consumer that took it died or lost the broker");
                var (id, type, data) = CloudEvent.Read(delivery.Body, subscription.Types);
                events.Add((delivery, new ReceivedEvent(id, type, data, activity?.Id ?? delivery.TraceParent)));
            }
            catch (UnhandleableException e)
            {
                activity?.SetStatus(ActivityStatusCode.Error, e.Message);
                await DeadLetterAsync(delivery, e);
            }
        }

        // The spans of the work cannot be children of every message's span: they hang under the first.
        Activity.Current = activities.FirstOrDefault();
        try
        {
            await ApplyAsync(events, stopping);
        }
        finally
        {
            activities.ForEach(a => a.Dispose());
            Activity.Current = null;
        }

        var tag = new KeyValuePair<string, object?>("messaging.destination.name", subscription.Queue);
        Telemetry.Consumed.Add(deliveries.Count, tag);
        Telemetry.BatchSize.Record(deliveries.Count, tag);
        Telemetry.ProcessDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tag);
    }

    private async Task ApplyAsync(List<(Delivery Delivery, ReceivedEvent Event)> events, CancellationToken stopping)
    {
        if (events.Count == 0)
            return;
        var delay = FirstDelay;
        for (var attempt = 1; ; attempt++, delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                var fresh = await subscription.Handler.HandleAsync(events.ConvertAll(e => e.Event), CancellationToken.None);
                if (fresh < events.Count)
                    Telemetry.Duplicates.Add(events.Count - fresh, new KeyValuePair<string, object?>("messaging.destination.name", subscription.Queue));
                return;
            }
            catch (Exception e) when (IsTransient(e))
            {
                logger.LogWarning("{Queue} waits {Delay} for its database: {Reason}", subscription.Queue, delay, e.Message);
                await Task.Delay(delay, stopping);
            }
            catch (Exception e) when (events.Count > 1)
            {
                logger.LogDebug(e, "One of {Count} messages of {Queue} fails: each on its own", events.Count, subscription.Queue);
                foreach (var one in events)
                    await ApplyAsync([one], stopping);
                return;
            }
            catch (Exception e) when (e is UnhandleableException || attempt == Attempts)
            {
                await DeadLetterAsync(events[0].Delivery, e);
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "{Queue} failed to handle {Type} and tries again in {Delay}", subscription.Queue, events[0].Event.Type.Name, delay);
                await Task.Delay(delay, stopping);
            }
        }
    }

    private async Task DeadLetterAsync(Delivery delivery, Exception cause)
    {
        logger.LogError("{Queue} cannot handle message {Message}, it goes to {DeadLetterQueue}: {Reason}",
            subscription.Queue, delivery.Properties.MessageId, Topology.DeadLetterQueue(subscription.Queue), cause.Message);
        await deadLetters.AddAsync(delivery, cause is UnhandleableException ? cause.Message : $"{cause.GetType().Name}: {cause.Message}");
    }

    private static bool IsTransient(Exception e) => e is NpgsqlException { IsTransient: true } or TimeoutException or IOException;
}
