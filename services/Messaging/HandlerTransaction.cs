using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace MsaAspire.Messaging;

/// <summary>Calls a module's handlers for a batch of events: all of them and their inbox rows in one transaction, without those that were handled before.</summary>
internal sealed class HandlerTransaction(Subscription subscription, Outbox outbox, NpgsqlDataSource database)
{
    private readonly Inbox _inbox = new(subscription.Queue, database);

    /// <param name="events">Each id once.</param>
    /// <returns>How many were handled before.</returns>
    public async Task<int> HandleAsync(List<ReceivedEvent> events)
    {
        var count = events.Count;
        while (events.Count > 0)
        {
            try
            {
                await outbox.CommitAsync(work => CallHandlersAsync(events, work), _inbox.Insert(events.Select(e => e.Id)), CancellationToken.None);
                break;
            }
            catch (Exception)
            {
                // A duplicate may also fail in its handler, which expects the state before the first time.
                var known = await _inbox.KnownAsync(events.Select(r => r.Id), CancellationToken.None);
                if (known.Count == 0)
                    throw;
                events = events.FindAll(r => !known.Contains(r.Id));
            }
        }

        return count - events.Count;
    }

    private async Task CallHandlersAsync(IReadOnlyList<ReceivedEvent> events, UnitOfWork work)
    {
        await using var scope = subscription.Scopes.CreateAsyncScope();
        foreach (var handler in subscription.Handlers)
        {
            if (events.Where(handler.Takes).ToList() is { Count: > 0 } own)
                await handler.HandleAsync(scope.ServiceProvider, own, work, CancellationToken.None);
        }
    }
}
