using System.Diagnostics;
using MsaAspire.Contracts;

namespace MsaAspire.Messaging;

/// <summary>A message as its handler sees it.</summary>
/// <param name="Id">The CloudEvents id.</param>
/// <param name="Type">What it is; of the version that the module handles.</param>
/// <param name="Data">Of the type <see cref="EventType.Data"/> names.</param>
/// <param name="TraceParent">The span of handling it: the parent of everything that follows from it.</param>
/// <param name="Activity">That span, where it is recorded. Of a batch only the first one's is the current one.</param>
public sealed record ReceivedEvent(Guid Id, EventType Type, object Data, string? TraceParent, Activity? Activity = null);

/// <summary>
/// Handles one type of event. Messaging calls it for each event once, as far as its effect is concerned: the transaction, the inbox that drops
/// duplicates, the outbox of what is published, retries and dead letters are not the handler's work.
/// </summary>
/// <typeparam name="TData">The event's data.</typeparam>
public interface IEventHandler<in TData>
{
    /// <summary>
    /// Applies the event within <paramref name="work"/>. The transaction may be rolled back and the handler called again, for a duplicate as well,
    /// so nothing may happen outside it: no call to another service, and no state in memory but by <see cref="UnitOfWork.AfterCommit"/>.
    /// </summary>
    /// <exception cref="NonRetryableException">A retry cannot succeed: the event goes to the dead-letter queue. After any other exception it is retried later.</exception>
    Task HandleAsync(TData data, UnitOfWork work, CancellationToken cancellation);
}

/// <summary>Handles many events at once, where one statement for all costs less than one for each.</summary>
public interface IBatchHandler
{
    /// <summary>As <see cref="IEventHandler{TData}.HandleAsync"/>; after a failure the batch is split until the event that fails is alone.</summary>
    /// <param name="events">In the order of their arrival, each id once.</param>
    /// <param name="work">Their transaction. Its <see cref="UnitOfWork.Cause"/> is null: name the cause of each event that is published.</param>
    /// <param name="cancellation">Cancels it.</param>
    Task HandleAsync(IReadOnlyList<ReceivedEvent> events, UnitOfWork work, CancellationToken cancellation);
}
