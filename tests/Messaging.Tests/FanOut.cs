using MsaAspire.Contracts;
using RabbitMQ.Client;
using Xunit;

namespace Messaging.Tests;

/// <summary>An event with several subscribers reaches each of them, though none has ever run on this broker.</summary>
public class FanOut(Servers servers)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_publisher_declares_the_queues_of_all_subscribers_before_it_publishes()
    {
        await DeleteQueuesAsync();
        await using var writer = await TestModule.StartAsync(servers, new($"test.{Guid.NewGuid():N}", 1, ShopEvents.StockReserved.Json));
        await CancelOrderAsync(writer);
        Assert.Equal((1u, 1u), await CountAsync());
    }

    [Fact(DisableParallelization = true)]
    public async Task So_it_does_on_a_broker_that_lost_everything_under_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The broker's environment is read from /proc, which only Linux has.");
        await using var writer = await TestModule.StartAsync(servers, new($"test.{Guid.NewGuid():N}", 1, ShopEvents.StockReserved.Json));
        await servers.Broker.EmptyAsync();
        await CancelOrderAsync(writer);
        Assert.Equal((1u, 1u), await CountAsync());
        await Eventually.IsAsync(writer.IsReadyAsync, ready => ready);
    }

    [Fact]
    public async Task A_module_that_is_not_named_as_a_subscriber_is_refused()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestModule.StartAsync(servers, ShopEvents.OrderCancelled));
        Assert.Contains("not named among its subscribers", error.Message, StringComparison.Ordinal);
    }

    private static async Task CancelOrderAsync(TestModule writer)
    {
        await writer.CommitAsync(ShopEvents.OrderCancelled, new OrderChanged(Guid.NewGuid(), 2, "Cancelled", DateTimeOffset.UtcNow, "late", "timed-out"));
        await Eventually.IsAsync(() => writer.CountAsync("outbox"), count => count == 0);
    }

    private async Task<(uint Inventory, uint Payment)> CountAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = new(servers.RabbitMQ) }.CreateConnectionAsync(Cancelled);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
        return (await channel.QueuePurgeAsync("inventory", Cancelled), await channel.QueuePurgeAsync("payment", Cancelled));
    }

    private async Task DeleteQueuesAsync()
    {
        await using var connection = await new ConnectionFactory { Uri = new(servers.RabbitMQ) }.CreateConnectionAsync(Cancelled);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
        foreach (var subscriber in ShopEvents.BySubscriber)
            await channel.QueueDeleteAsync(subscriber.Key, cancellationToken: Cancelled);
    }
}
