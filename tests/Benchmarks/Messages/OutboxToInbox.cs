using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using MsaAspire.Testing;
using Npgsql;

namespace Benchmarks.Messages;

/// <summary>What the shop does with a message: business row and outbox row committed, relayed, confirmed, consumed, inbox row committed.</summary>
internal static class OutboxToInbox
{
    public const string Name = "outbox to inbox: services/Messaging";
    public const string Guarantees = "Business row and outbox row: one transaction. Quorum queue, persistent, confirmed. Inbox row in the transaction of the effect. Ack after its commit.";

    public static readonly EventType Type = new("ledger.written", 1, ShopEvents.OrderConfirmed.Json);

    public static OrderChanged Data => new(Guid.NewGuid(), 3, "Confirmed", DateTimeOffset.UtcNow, null);

    public static async Task<MessageRate> MeasureAsync(BareServers servers, int writers, TimeSpan duration, CancellationToken cancellation)
    {
        using var load = new WriterLoad(writers);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{Ledger.Database}"] = $"{servers.Postgres};Maximum Pool Size={writers + 8}",
            [$"ConnectionStrings:{Ledger.Broker}"] = servers.RabbitMQ,
        });
        builder.Services.AddSingleton(load);
        builder.AddMessaging(Ledger.Module, Ledger.Database, Ledger.Broker, typeof(Ledger).Assembly).HandleBatches<Ledger>(Type);
        using var host = builder.Build();
        await host.StartAsync(cancellation);
        var health = host.Services.GetRequiredService<HealthCheckService>();
        while ((await health.CheckHealthAsync(cancellation)).Status != HealthStatus.Healthy)
            await Task.Delay(50, cancellation);
        var database = host.Services.GetRequiredKeyedService<NpgsqlDataSource>(Ledger.Database);
        var outbox = host.Services.GetRequiredKeyedService<Outbox>(Ledger.Module);
        try
        {
            return await load.MeasureAsync(WriteAsync, duration, cancellation);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }

        async Task WriteAsync()
        {
            await using var batch = database.CreateBatch();
            batch.BatchCommands.Add(new($"INSERT INTO {Ledger.Module}.entries (id, value) VALUES ($1, $2)")
            {
                Parameters = { new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() }, new NpgsqlParameter<string> { TypedValue = "entry" } },
            });
            var message = OutboxMessage.Create(Ledger.Module, Type, Data);
            batch.BatchCommands.Add(OutboxMessage.Insert(Ledger.Module, [message]));
            await batch.ExecuteNonQueryAsync(cancellation);
            outbox.Committed(message);
        }
    }
}
