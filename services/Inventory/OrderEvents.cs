using MsaAspire.Contracts;
using MsaAspire.Messaging;

namespace MsaAspire.Inventory;

/// <summary>Handles the events of orders. Submitted orders go first: if a batch contains both events of one order, the other way round costs more.</summary>
internal sealed class OrderEvents(ReserveStock reserve, ReleaseStock release) : IEventHandler
{
    public async Task<int> HandleAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellation)
    {
        var submitted = events.Where(e => e.Data is OrderSubmitted).ToList();
        var cancelled = events.Where(e => e.Type == ShopEvents.OrderCancelled).ToList();
        return (submitted.Count > 0 ? await reserve.HandleAsync(submitted, cancellation) : 0)
            + (cancelled.Count > 0 ? await release.HandleAsync(cancelled, cancellation) : 0);
    }
}
