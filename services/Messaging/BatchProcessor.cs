using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MsaAspire.Messaging;

/// <summary>
/// Processes a batch of deliveries: when it returns, each is applied, a duplicate, scheduled for a retry, or in the dead-letter queue. During a
/// database failure the messages are held: it is not their fault, so it must not count as a failed attempt.
/// </summary>
internal sealed class BatchProcessor(Subscription subscription, IDeadLetters deadLetters, Retries retries, ILogger logger)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50), LongestDelay = TimeSpan.FromSeconds(5);

    private readonly KeyValuePair<string, object?> _tag = new("messaging.destination.name", subscription.Queue);

    public async Task ProcessAsync(IReadOnlyList<Delivery> deliveries, CancellationToken stopping)
    {
        var started = Stopwatch.GetTimestamp();
        var activities = new List<Activity>(deliveries.Count);
        var events = new List<Received>(deliveries.Count);
        var dead = new List<Task>();
        foreach (var delivery in deliveries)
        {
            var activity = Telemetry.Start(subscription.System, "process", delivery.Type, ActivityKind.Consumer, delivery.TraceParent, null);
            if (activity is not null)
                activities.Add(activity);
            try
            {
                events.Add(new(delivery, Read(delivery, activity)));
            }
            catch (UnhandleableException e)
            {
                activity?.SetStatus(ActivityStatusCode.Error, e.Message);
                dead.Add(DeadLetterAsync(delivery, e, stopping));
            }
        }

        // The spans of the work cannot be children of every message's span: their parent is the first one.
        Activity.Current = activities.FirstOrDefault();
        try
        {
            await ApplyAsync(events, stopping);
            await Task.WhenAll(dead);
        }
        finally
        {
            activities.ForEach(a => a.Dispose());
            Activity.Current = null;
        }

        Telemetry.Consumed.Add(deliveries.Count, _tag);
        Telemetry.BatchSize.Record(deliveries.Count, _tag);
        Telemetry.ProcessDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, _tag);
    }

    private ReceivedEvent Read(Delivery delivery, Activity? activity)
    {
        if (delivery.Body.Length > subscription.Limits.MaxMessageSize)
            throw new UnhandleableException($"has {delivery.Body.Length} bytes, the maximum is {subscription.Limits.MaxMessageSize}");
        if (delivery.Returns >= Topology.DeliveryLimit)
            throw new UnhandleableException($"was redelivered {delivery.Returns} times: each consumer that received it died or lost the broker");
        var (id, type, data) = CloudEvent.Read(delivery.Body, subscription.Types);
        return new(id, type, data, activity?.Id ?? delivery.TraceParent, activity);
    }

    /// <summary>Applies all in one transaction; when one of them fails, splits the batch in halves until that one is alone.</summary>
    private async Task ApplyAsync(IReadOnlyList<Received> events, CancellationToken stopping)
    {
        if (events.Count == 0)
            return;
        var failure = await WaitOutAsync(async () =>
        {
            var fresh = await subscription.Handler.HandleAsync([.. events.Select(e => e.Event)], CancellationToken.None);
            if (fresh < events.Count)
                Telemetry.Duplicates.Add(events.Count - fresh, _tag);
        }, stopping);
        if (failure is null)
            return;
        if (events.Count > 1)
        {
            foreach (var half in events.Chunk((events.Count + 1) / 2))
                await ApplyAsync(half, stopping);
            return;
        }

        if (failure is not UnhandleableException && retries.DelayOf(events[0].Delivery) is { } delay)
        {
            logger.LogWarning(failure, "{Queue} failed to handle {Type} {Message}, retrying in {Delay}",
                subscription.Queue, events[0].Event.Type.Name, events[0].Event.Id, delay);
            failure = await WaitOutAsync(() => retries.AddAsync(events[0].Delivery, events[0].Event, delay), stopping);
        }

        if (failure is not null)
            await DeadLetterAsync(events[0].Delivery, failure, stopping);
    }

    /// <summary>Retries the work until the database is available. Any other failure is the result.</summary>
    private async Task<Exception?> WaitOutAsync(Func<Task> work, CancellationToken stopping)
    {
        for (var delay = FirstDelay; ; delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay)
        {
            try
            {
                await work();
                return null;
            }
            catch (Exception e) when (IsTransient(e))
            {
                logger.LogWarning("{Queue}: the database is unavailable, retrying in {Delay}: {Reason}", subscription.Queue, delay, e.Message);
                await Task.Delay(delay, stopping);
            }
            catch (Exception e)
            {
                return e;
            }
        }
    }

    private Task DeadLetterAsync(Delivery delivery, Exception cause, CancellationToken stopping)
    {
        logger.LogError("{Queue} cannot handle message {Message} and moves it to {DeadLetterQueue}: {Reason}",
            subscription.Queue, delivery.Properties.MessageId, Topology.DeadLetterQueue(subscription.Queue), cause.Message);
        return deadLetters.AddAsync(delivery, cause is UnhandleableException ? cause.Message : $"{cause.GetType().Name}: {cause.Message}", stopping);
    }

    private static bool IsTransient(Exception e) => e is NpgsqlException { IsTransient: true } or TimeoutException or IOException;

    private sealed record Received(Delivery Delivery, ReceivedEvent Event);
}
