using MsaAspire.Contracts;
using MsaAspire.Messaging;
using RabbitMQ.Client;
using Xunit;

namespace Messaging.Tests;

/// <summary>Messages whose consumers died: the broker counts each return for all that the consumer held, guilty or not.</summary>
public class ReturnedMessages(Servers servers)
{
    private const int Count = 10, Returns = 25;

    private readonly EventType _type = new($"test.{Guid.NewGuid():N}", 1, ShopEvents.StockReserved.Json);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Neighbours_of_a_message_that_kills_its_consumer_are_handled_and_only_it_is_dead_lettered()
    {
        await using var module = await TestModule.StartAsync(servers, _type);
        var ids = Enumerable.Range(0, Count).Select(_ => Guid.CreateVersion7()).ToList();
        var deadly = ids[3];
        await using (var attempts = module.Database.CreateCommand($"INSERT INTO {module.Name}.suspects (message_id, attempts) VALUES ($1, 5)"))
        {
            attempts.Parameters.Add(new() { Value = deadly });
            await attempts.ExecuteNonQueryAsync(Cancelled);
        }

        await using (var connection = await module.Broker.CreateConnectionAsync(Cancelled))
            await ReturnedAsync(connection, module, ids);

        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == Count - 1);
        Assert.Contains("killed its consumer 5 times", await module.DeadLetterReasonAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(module.Seen, e => e.Id == deadly);
        Assert.Equal(Count, await module.CountAsync("suspects"));
    }

    /// <summary>Sends messages to the module with the count of their returns, as RabbitMQ 4.3 names it.</summary>
    private async Task ReturnedAsync(IConnection connection, TestModule module, List<Guid> ids)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), Cancelled);
        foreach (var id in ids)
        {
            await channel.BasicPublishAsync(
                Topology.Queues, module.Name, mandatory: true,
                new BasicProperties { MessageId = id.ToString(), Headers = new Dictionary<string, object?> { ["x-acquired-count"] = (long)Returns } },
                CloudEvent.Write(id, "/test", _type, new StockReserved(Guid.NewGuid())), Cancelled);
        }
    }
}
