using System.Diagnostics;
using Microsoft.Extensions.Logging;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Messaging;

/// <summary>
/// Processes a batch of deliveries: when it returns, each is applied, a duplicate, scheduled for a retry, or in the dead-letter queue.
/// </summary>
/// <remarks>
/// After a failure the database tells whose fault it is. If the row of a retry cannot be written there, it is the database's: everything is held,
/// for as long as that lasts, and <paramref name="waits"/> is told. If it can, it is a message's: the batch is split until that one is alone,
/// which is retried later and at last dead-lettered. The type of the exception tells nothing: a handler can time out for reasons of its own, and a
/// database that takes no writes reports as many errors as there are causes.
/// </remarks>
internal sealed class BatchProcessor(
    Subscription subscription, Outbox outbox, NpgsqlDataSource database, IDeadLetters deadLetters, Action<string?> waits, ILogger logger)
{
    /// <summary>After so many in a row it is not chance.</summary>
    private const int MaxConflicts = 5;

    private readonly KeyValuePair<string, object?> _tag = new("messaging.destination.name", subscription.Queue);
    private readonly HandlerTransaction _handlers = new(subscription, outbox, database);
    private readonly Retries _retries = new(subscription, database);
    private readonly Suspects _suspects = new(subscription.Queue, database);

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
            catch (NonRetryableException e)
            {
                activity?.SetStatus(ActivityStatusCode.Error, e.Message);
                dead.Add(DeadLetterAsync(delivery, e, stopping));
            }
        }

        // The spans of the work cannot be children of every message's span: their parent is the first one.
        Activity.Current = activities.FirstOrDefault();
        try
        {
            var suspects = events.ToLookup(e => e.Delivery.Returns >= Suspects.MinReturns);
            await ApplyAsync([.. suspects[false]], stopping);
            foreach (var suspect in suspects[true])
                await ApplySuspectAsync(suspect, stopping);
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
            throw new NonRetryableException($"has {delivery.Body.Length} bytes, the maximum is {subscription.Limits.MaxMessageSize}");
        var (id, type, data) = CloudEvent.Read(delivery.Body, subscription.Readable);
        return new(id, type, data, activity?.Id ?? delivery.TraceParent, activity);
    }

    private async Task ApplySuspectAsync(Received suspect, CancellationToken stopping)
    {
        var attempt = 0;
        await UntilDatabaseAnswersAsync(async () => attempt = await _suspects.BeginAsync(suspect.Event.Id), stopping);
        if (attempt <= Suspects.MaxAttempts)
            await ApplyAsync([suspect], stopping);
        else
            await DeadLetterAsync(suspect.Delivery, new NonRetryableException($"killed its consumer {Suspects.MaxAttempts} times when it was handled alone"), stopping);
    }

    private async Task ApplyAsync(IReadOnlyList<Received> events, CancellationToken stopping)
    {
        if (events.Count == 0)
            return;
        Exception failure;
        var conflicts = 0;
        do
        {
            try
            {
                var duplicates = await _handlers.HandleAsync([.. events.Select(e => e.Event).DistinctBy(e => e.Id)]);
                if (duplicates > 0)
                    Telemetry.Duplicates.Add(duplicates, _tag);
                return;
            }
            catch (Exception e)
            {
                failure = e;
            }
        }
        while (failure is not NonRetryableException
            && (await WasDatabaseAsync(events[0], stopping) || (IsConflict(failure) && ++conflicts < MaxConflicts)));

        if (events.Count > 1)
        {
            foreach (var half in events.Chunk((events.Count + 1) / 2))
                await ApplyAsync(half, stopping);
        }
        else
        {
            await GiveUpForNowAsync(events[0], failure, stopping);
        }
    }

    /// <summary>Whether the database failed and not the message; returns when it takes writes again.</summary>
    private Task<bool> WasDatabaseAsync(Received received, CancellationToken stopping) =>
        UntilDatabaseAnswersAsync(() => _retries.ProbeAsync(received.Delivery, received.Event), stopping);

    /// <summary>Whether two transactions met and the database rolled this one back: the next attempt is likely to pass.</summary>
    private static bool IsConflict(Exception failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    private async Task GiveUpForNowAsync(Received received, Exception failure, CancellationToken stopping)
    {
        if (failure is NonRetryableException || _retries.DelayOf(received.Delivery) is not { } delay)
        {
            await DeadLetterAsync(received.Delivery, failure, stopping);
            return;
        }

        logger.LogWarning(failure, "{Queue} failed to handle {Type} {Message}, retrying in {Delay}",
            subscription.Queue, received.Event.Type.Name, received.Event.Id, delay);
        await UntilDatabaseAnswersAsync(() => _retries.AddAsync(received.Delivery, received.Event, delay), stopping);
    }

    /// <summary>Repeats a write until it succeeds: nothing that this module does can succeed before.</summary>
    /// <returns>Whether it failed at first.</returns>
    private async Task<bool> UntilDatabaseAnswersAsync(Func<Task> write, CancellationToken stopping)
    {
        var waited = false;
        await RestartDelays.Build(_ => !stopping.IsCancellationRequested, (e, delay) =>
        {
            waited = true;
            waits($"the database takes no writes: {e.Message}");
            logger.LogWarning("{Queue}: the database takes no writes, retrying in {Delay}: {Reason}", subscription.Queue, delay, e.Message);
        }).ExecuteAsync(async _ => await write(), stopping);
        if (waited)
            waits(null);
        return waited;
    }

    private Task DeadLetterAsync(Delivery delivery, Exception cause, CancellationToken stopping)
    {
        logger.LogError("{Queue} cannot handle message {Message} and moves it to {DeadLetterQueue}: {Reason}",
            subscription.Queue, delivery.Properties.MessageId, Topology.DeadLetterQueue(subscription.Queue), cause.Message);
        return deadLetters.AddAsync(delivery, cause is NonRetryableException ? cause.Message : $"{cause.GetType().Name}: {cause.Message}", stopping);
    }

    private sealed record Received(Delivery Delivery, ReceivedEvent Event);
}
