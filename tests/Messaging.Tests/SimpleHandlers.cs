using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Npgsql;
using Xunit;

namespace Messaging.Tests;

/// <summary>A handler as README shows it: of one event, with a statement and an event that follows.</summary>
public class SimpleHandlers(Servers servers)
{
    private static readonly string s_module = $"t{Guid.NewGuid():N}";
    private static readonly EventType s_paid = new($"{s_module}.paid", 1, ShopEvents.PaymentSucceeded.Json);
    private static readonly EventType s_reserved = new($"{s_module}.reserved", 1, ShopEvents.StockReserved.Json);

    [Fact]
    public async Task A_handler_of_one_event_changes_its_table_and_publishes_in_one_transaction()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:db", servers.Postgres), new("ConnectionStrings:broker", servers.RabbitMQ)]);
        builder.AddMessaging(s_module, "db", "broker", typeof(SimpleHandlers).Assembly)
            .Handle<PaymentSucceeded, OnPaid>(s_paid)
            .Handle<StockReserved, OnReserved>(s_reserved);
        using var host = builder.Build();
        await host.StartAsync(cancelled);

        var orders = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToList();
        await host.Services.GetRequiredKeyedService<Outbox>(s_module).CommitWhenReadyAsync(
            work => orders.ForEach(order => work.Publish(s_paid, new PaymentSucceeded(order, 12, "EUR"))), cancelled);

        var database = host.Services.GetRequiredKeyedService<NpgsqlDataSource>("db");
        await using var count = database.CreateCommand($"SELECT (SELECT count(*) FROM {s_module}.latest) || ' ' || (SELECT count(*) FROM {s_module}.effects)");
        await Eventually.IsAsync(async () => (string)(await count.ExecuteScalarAsync(cancelled))!, now => now == "20 20");
        await host.StopAsync(cancelled);
    }

    private sealed class OnPaid : IEventHandler<PaymentSucceeded>
    {
        public Task HandleAsync(PaymentSucceeded paid, UnitOfWork work, CancellationToken cancellation)
        {
            work.Add($"INSERT INTO {s_module}.latest (order_id, number) VALUES ($1, $2)", paid.OrderId, (int)paid.Amount);
            work.Publish(s_reserved, new StockReserved(paid.OrderId));
            return Task.CompletedTask;
        }
    }

    private sealed class OnReserved : IEventHandler<StockReserved>
    {
        public Task HandleAsync(StockReserved reserved, UnitOfWork work, CancellationToken cancellation)
        {
            work.Add($"INSERT INTO {s_module}.effects VALUES ($1)", reserved.OrderId);
            return Task.CompletedTask;
        }
    }
}

file static class Commits
{
    /// <summary>The tables are there once the schema is migrated.</summary>
    public static async Task CommitWhenReadyAsync(this Outbox outbox, Action<UnitOfWork> change, CancellationToken cancellation) => await Eventually.IsAsync(
        async () =>
        {
            try
            {
                await outbox.CommitAsync(
                    work =>
                    {
                        change(work);
                        return Task.CompletedTask;
                    },
                    cancellation);
                return "committed";
            }
            catch (NpgsqlException e)
            {
                return e.Message;
            }
        },
        outcome => outcome == "committed");
}
