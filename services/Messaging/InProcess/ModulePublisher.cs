using MsaAspire.Contracts;

namespace MsaAspire.Messaging.InProcess;

/// <summary>Hands a module's events to the other modules of the process, and to other processes that subscribe to them.</summary>
internal sealed class ModulePublisher(string module, IReadOnlyList<ModuleQueue> queues, BrokerForwarder outside) : IPublisher
{
    public Task ReadyAsync(CancellationToken stopping) => Task.CompletedTask;

    public Task<string?[]> PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken stopping) =>
        Task.WhenAll(rows.Select(row => PublishAsync(row, stopping)));

    private async Task<string?> PublishAsync(OutboxRow row, CancellationToken stopping)
    {
        var under = queues.Where(q => q.Takes(row, module)).Select(q => q.HandleAsync(row, stopping)).ToList();
        if (outside.Wants(row))
            under.Add(outside.PublishAsync(row, stopping));
        if (under.Count == 0 && !ShopEvents.WithoutSubscriber.Contains(row.Type))
            return "no module in this process handles this type of event";
        return (await Task.WhenAll(under)).FirstOrDefault(refusal => refusal is not null);
    }
}
