using MsaAspire.Messaging;

namespace Benchmarks.Messages;

/// <summary>Handles a message by its inbox row alone, which messaging inserts, and counts those that were new.</summary>
internal sealed class Ledger(WriterLoad load) : IBatchHandler
{
    public const string Module = "ledger", Database = "db", Broker = "broker";

    public Task HandleAsync(IReadOnlyList<ReceivedEvent> events, UnitOfWork work, CancellationToken cancellation)
    {
        var count = events.Count;
        work.AfterCommit(() => load.Handled(count));
        return Task.CompletedTask;
    }
}
