using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MsaAspire.Testing;
using Npgsql;

namespace Benchmarks.Messages;

/// <summary>
/// As near as MassTransit comes to the work of <see cref="OutboxToInbox"/> without Entity Framework: its transactional outbox is in a package
/// of its own (MassTransit.EntityFrameworkCore), so here a message is published after the commit of its business row.
/// </summary>
internal static class MassTransitPeer
{
    public const string Name = "MassTransit 8.5.12, no outbox";
    public const string Guarantees = "Weaker: a message is lost when its writer dies between commit and publish. Quorum queue, persistent, confirmed. Inbox row in the transaction of the effect. Ack after its commit.";

    private const string Queue = "peer_masstransit";

    /// <summary>As the consumer of services/Messaging.</summary>
    private const int Prefetch = 512;

    private const int Consumers = 16;

    public static async Task<MessageRate> MeasureAsync(BareServers servers, int writers, int bytes, TimeSpan duration, CancellationToken cancellation)
    {
        using var load = new WriterLoad(writers);
        await using var database = PeerDatabase.Create(servers.Postgres, writers + Consumers + 8);
        await using (var create = database.CreateCommand($"{EntryWritten.CreateTable}; CREATE TABLE IF NOT EXISTS peer_inbox (message_id uuid PRIMARY KEY)"))
            await create.ExecuteNonQueryAsync(cancellation);
        using var host = BuildHost(servers.RabbitMQ, database, load);
        await host.StartAsync(cancellation);
        try
        {
            var bus = host.Services.GetRequiredService<IBus>();
            var padding = EntryWritten.PaddingFor(bytes);
            return await load.MeasureAsync(() => WriteAsync(bus, database, new(Guid.CreateVersion7(), padding), cancellation), duration, cancellation);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static IHost BuildHost(string broker, NpgsqlDataSource database, WriterLoad load)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(database).AddSingleton(load).AddMassTransit(bus =>
        {
            // It has a report of its usage that it sends over the network.
            bus.DisableUsageTelemetry();
            bus.AddConsumer<InboxConsumer>();
            bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(broker), host => host.PublisherConfirmation = true);
                rabbit.ReceiveEndpoint(Queue, endpoint =>
                {
                    endpoint.SetQuorumQueue();
                    endpoint.PrefetchCount = Prefetch;
                    endpoint.ConcurrentMessageLimit = Consumers;
                    endpoint.ConfigureConsumer<InboxConsumer>(context);
                });
            });
        }).Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = true);
        return builder.Build();
    }

    private static async Task WriteAsync(IBus bus, NpgsqlDataSource database, EntryWritten message, CancellationToken cancellation)
    {
        await using (var insert = database.CreateCommand(EntryWritten.Insert))
        {
            insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = message.Id });
            await insert.ExecuteNonQueryAsync(cancellation);
        }

        await bus.Publish(message, cancellation);
    }
}

/// <summary>Handles a message by its inbox row alone, where an effect would be in the same transaction. MassTransit acknowledges it after that.</summary>
internal sealed class InboxConsumer(NpgsqlDataSource database, WriterLoad load) : IConsumer<EntryWritten>
{
    public async Task Consume(ConsumeContext<EntryWritten> context)
    {
        await using var insert = database.CreateCommand("INSERT INTO peer_inbox (message_id) VALUES ($1) ON CONFLICT DO NOTHING");
        insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = context.Message.Id });
        if (await insert.ExecuteNonQueryAsync(context.CancellationToken) == 1)
            load.Handled(1);
    }
}
