using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Messaging.InProcess;

/// <summary>
/// The queue of a module in the same process as the senders of its events: it processes what was handed to it as one batch, and
/// completes each sender after its handler's commit. It holds nothing that is not in the sender's outbox as well, so it may be lost.
/// </summary>
internal sealed class ModuleQueue : BackgroundLoop
{
    private const int Capacity = 512, LargestBatch = 256;

    private readonly Subscription _subscription;
    private readonly BatchProcessor _processor;
    private readonly Suspects _suspects;
    private readonly Task _ready;
    private readonly ILogger _logger;

    private readonly Channel<Handover> _handed = Channel.CreateBounded<Handover>(Capacity);

    public ModuleQueue(Subscription subscription, Outbox outbox, NpgsqlDataSource database, IDeadLetters deadLetters, Task ready, ILogger<ModuleQueue> logger)
        : base($"{subscription.Queue} queue", logger)
    {
        (_subscription, _ready, _logger) = (subscription, ready, logger);
        _suspects = new(subscription.Queue, database);
        _processor = new(subscription, outbox, database, deadLetters, WaitsForDatabase, logger);
    }

    public string Module => _subscription.Queue;

    /// <summary>Only the database can fail here.</summary>
    public override HealthStatus FaultStatus => HealthStatus.Unhealthy;

    /// <summary>Whether an event of the module <paramref name="from"/> is for this one.</summary>
    public bool Takes(OutboxRow row, string from) => row.Retries > 0 ? _subscription.Queue == from : _subscription.Names.Contains(row.Type);

    /// <summary>Returns when the event is handled and committed, or with the reason why not; waits while too many are in progress.</summary>
    public async Task<string?> HandleAsync(OutboxRow row, CancellationToken cancellation)
    {
        var handover = new Handover(row, new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _handed.Writer.WriteAsync(handover, cancellation);
        return await handover.Outcome.Task.WaitAsync(cancellation);
    }

    protected override async Task RunAsync(CancellationToken stopping)
    {
        await _ready.WaitAsync(stopping);
        Running();
        var batch = new List<Handover>(LargestBatch);
        var pacer = new BatchPacer(TimeProvider.System);
        while (await pacer.FillAsync(_handed.Reader, batch, LargestBatch, stopping))
        {
            _logger.Delivered(Module, batch.Count);
            var refusal = await ProcessAsync(batch, stopping);
            _logger.Committed(Module, batch.Count);
            batch.ForEach(h => h.Outcome.TrySetResult(refusal));
            _logger.Acknowledged(Module, batch.Count);
            batch.Clear();
        }
    }

    private async Task<string?> ProcessAsync(List<Handover> batch, CancellationToken stopping)
    {
        try
        {
            var swept = batch.Where(h => h.Row.IsSwept).Select(h => h.Row.Id).ToList();
            var returns = await _suspects.CountReturnsAsync(swept);
            await _processor.ProcessAsync(batch.ConvertAll(h => Delivery.Of(h.Row, returns.GetValueOrDefault(h.Row.Id))), stopping);
            await _suspects.RemoveAsync(swept);
            return null;
        }
        catch (Exception e) when (!stopping.IsCancellationRequested)
        {
            _logger.LogWarning("{Queue} failed to handle {Count} events, which are retried: {Reason}", _subscription.Queue, batch.Count, e.Message);
            return e.Message;
        }
    }

    private sealed record Handover(OutboxRow Row, TaskCompletionSource<string?> Outcome);
}
