using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MsaAspire.Messaging.InProcess;

/// <summary>
/// The queue of a module in the same process as the senders of its events: it processes what was handed to it as one batch, and
/// completes each sender after its handler's commit. It holds nothing that is not in the sender's outbox as well, so it may be lost.
/// </summary>
internal sealed class ModuleQueue(Subscription subscription, BatchProcessor processor, Task ready, ILogger<ModuleQueue> logger) : BackgroundService
{
    private const int Capacity = 512, LargestBatch = 256;

    private readonly Channel<Handover> _handed = Channel.CreateBounded<Handover>(Capacity);

    /// <summary>Whether an event of the module <paramref name="from"/> is for this one.</summary>
    public bool Takes(OutboxRow row, string from) => row.Retries > 0 ? subscription.Queue == from : subscription.Types.ContainsKey(row.Type);

    /// <summary>Returns when the event is handled and committed, or with the reason why not; waits while too many are in progress.</summary>
    public async Task<string?> HandleAsync(OutboxRow row, CancellationToken cancellation)
    {
        var handover = new Handover(Delivery.Of(row), new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _handed.Writer.WriteAsync(handover, cancellation);
        return await handover.Outcome.Task.WaitAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        var batch = new List<Handover>(LargestBatch);
        var pace = new Pace(TimeProvider.System);
        while (await _handed.Reader.WaitToReadAsync(stoppingToken))
        {
            if (_handed.Reader.Count < LargestBatch)
                await pace.WaitAsync(stoppingToken);
            while (batch.Count < LargestBatch && _handed.Reader.TryRead(out var handover))
                batch.Add(handover);
            pace.Begin(batch.Count);
            Steps.Reach(Steps.Delivered);
            var refusal = await ProcessAsync(batch, stoppingToken);
            Steps.Reach(Steps.Committed);
            batch.ForEach(h => h.Outcome.TrySetResult(refusal));
            Steps.Reach(Steps.Acknowledged);
            batch.Clear();
        }
    }

    private async Task<string?> ProcessAsync(List<Handover> batch, CancellationToken stopping)
    {
        try
        {
            await processor.ProcessAsync(batch.ConvertAll(h => h.Delivery), stopping);
            return null;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            logger.LogWarning("{Queue} failed to handle {Count} events, which are retried: {Reason}", subscription.Queue, batch.Count, e.Message);
            return e.Message;
        }
    }

    private sealed record Handover(Delivery Delivery, TaskCompletionSource<string?> Outcome);
}
