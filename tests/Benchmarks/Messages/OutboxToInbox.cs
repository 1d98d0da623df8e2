using System.Diagnostics;
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
    /// <summary>So many messages may be between the two commits; more would only wait in the outbox.</summary>
    private const int InFlight = 2000;

    public static readonly EventType Type = new("ledger.written", 1, ShopEvents.OrderConfirmed.Json);

    public static OrderChanged Data => new(Guid.NewGuid(), 3, "Confirmed", DateTimeOffset.UtcNow, null);

    public static async Task<double> MessagesPerSecondAsync(BareServers servers, int writers, TimeSpan duration, CancellationToken cancellation)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"ConnectionStrings:{Ledger.Database}"] = $"{servers.Postgres};Maximum Pool Size={writers + 8}",
            [$"ConnectionStrings:{Ledger.Broker}"] = servers.RabbitMQ,
        });
        builder.AddMessaging<Ledger>(Ledger.Module, Ledger.Database, Ledger.Broker, Type);
        using var host = builder.Build();
        await host.StartAsync(cancellation);
        var health = host.Services.GetRequiredService<HealthCheckService>();
        while ((await health.CheckHealthAsync(cancellation)).Status != HealthStatus.Healthy)
            await Task.Delay(50, cancellation);
        try
        {
            return await MeasureAsync(host.Services, writers, duration, cancellation);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static async Task<double> MeasureAsync(IServiceProvider services, int writers, TimeSpan duration, CancellationToken cancellation)
    {
        var database = services.GetRequiredKeyedService<NpgsqlDataSource>(Ledger.Database);
        var outbox = services.GetRequiredKeyedService<Outbox>(Ledger.Module);
        using var room = new SemaphoreSlim(InFlight);
        services.GetRequiredService<Ledger>().Handled = count =>
        {
            if (count > 0)
                room.Release(count);
        };
        var start = Stopwatch.GetTimestamp();
        var written = (await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(WriteAsync, cancellation)))).Sum();
        while (room.CurrentCount < InFlight)
            await Task.Delay(1, cancellation);
        return written / Stopwatch.GetElapsedTime(start).TotalSeconds;

        async Task<int> WriteAsync()
        {
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < duration; count++)
            {
                await room.WaitAsync(cancellation);
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

            return count;
        }
    }
}
