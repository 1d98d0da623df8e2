using Microsoft.Extensions.DependencyInjection;
using MsaAspire.Testing;
using Npgsql;
using Wolverine;
using Wolverine.RabbitMQ;
using Wolverine.Runtime;
using Wolverine.Transports;

namespace Benchmarks.Messages;

/// <summary>The work of <see cref="OutboxToInbox"/> by Wolverine's durable outbox and inbox.</summary>
internal static class WolverinePeer
{
    public const string Name = "Wolverine 6.62.0";
    public const string Guarantees = "The same. The message is stored in the inbox, acknowledged, then handled; its row is marked as handled in the transaction of the effect.";

    private const string Queue = "peer_wolverine";

    /// <summary>As the consumer of services/Messaging.</summary>
    private const ushort Prefetch = 512;

    private const int Handlers = 16;

    public static async Task<MessageRate> MeasureAsync(BareServers servers, int writers, int bytes, TimeSpan duration, CancellationToken cancellation)
    {
        using var load = new WriterLoad(writers);
        await using var database = PeerDatabase.Create(servers.Postgres, writers + Handlers + 8);
        await using (var create = database.CreateCommand(EntryWritten.CreateTable))
            await create.ExecuteNonQueryAsync(cancellation);
        using var host = WolverineHost.Build(database, servers.RabbitMQ, Queue, options =>
        {
            options.Services.AddSingleton(load);
            options.Discovery.IncludeType(typeof(InboxHandler));
            options.PublishMessage<EntryWritten>().ToRabbitQueue(Queue).UseDurableOutbox();
            // Its default limits close the channel when more than 1000 messages wait for a handler.
            options.ListenToRabbitQueue(Queue).PreFetchCount(Prefetch).UseDurableInbox(new BufferingLimits(5000, 2500)).MaximumParallelMessages(Handlers);
        });
        await host.StartAsync(cancellation);
        try
        {
            var runtime = host.Services.GetRequiredService<IWolverineRuntime>();
            var padding = EntryWritten.PaddingFor(bytes);
            return await load.MeasureAsync(() => WolverineHost.WriteAsync(runtime, database, new(Guid.CreateVersion7(), padding), cancellation), duration, cancellation);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }
}

/// <summary>Handles a message by its inbox row alone, in the transaction that an effect would be in. Public for the code that Wolverine generates.</summary>
public static class InboxHandler
{
    public static async Task HandleAsync(
        EntryWritten message, Envelope envelope, IWolverineRuntime runtime, NpgsqlDataSource database, WriterLoad load, CancellationToken cancellation)
    {
        _ = message;
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await WolverineHost.MarkHandledAsync(runtime, envelope, transaction, cancellation);
        await transaction.CommitAsync(cancellation);
        // So that Wolverine does not mark it once more.
        envelope.Status = EnvelopeStatus.Handled;
        load.Handled(1);
    }
}
