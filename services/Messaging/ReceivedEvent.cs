using System.Diagnostics;
using MsaAspire.Contracts;

namespace MsaAspire.Messaging;

/// <summary>A message as its handler sees it.</summary>
/// <param name="Id">The CloudEvents id; goes into the inbox.</param>
/// <param name="Type">What it is.</param>
/// <param name="Data">Of the type <see cref="EventType.Data"/> names.</param>
/// <param name="TraceParent">The span of handling it: the parent of everything that follows from it.</param>
/// <param name="Activity">That span, where it is recorded. Of a batch only the first one's is the current one.</param>
public sealed record ReceivedEvent(Guid Id, EventType Type, object Data, string? TraceParent, Activity? Activity = null);

/// <summary>Handles the messages of a module's queue.</summary>
public interface IEventHandler
{
    /// <summary>
    /// Applies all of <paramref name="events"/> in one transaction together with their inbox rows, and returns after its commit.
    /// Called again with the same events after a failure, so nothing may happen outside that transaction.
    /// </summary>
    /// <returns>How many were new: had no inbox row yet.</returns>
    /// <exception cref="UnhandleableException">A retry cannot succeed; thrown for a single event, it goes to the dead-letter queue.</exception>
    Task<int> HandleAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellation);
}
