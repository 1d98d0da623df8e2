using MsaAspire.Contracts;
using MsaAspire.Messaging;

namespace MsaAspire.Payment;

/// <summary>Records pending charges, and hands them to the runner after the commit: no message waits for the provider.</summary>
internal sealed class OrderEvents(Charges charges, ChargeRunner runner) : IEventHandler
{
    public async Task<int> HandleAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellation)
    {
        var reserved = events.Where(e => e.Data is StockReserved).ToList();
        var cancelled = events.Where(e => e.Type == ShopEvents.OrderCancelled).ToList();
        var handled = cancelled.Count > 0 ? await charges.CancelAsync(cancelled, cancellation) : 0;
        if (reserved.Count == 0)
            return handled;
        var (fresh, pending) = await charges.AddAsync(reserved, cancellation);
        foreach (var charge in pending)
            runner.Start(charge);
        return handled + fresh;
    }
}
