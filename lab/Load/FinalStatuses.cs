using System.Text.Json;
using MsaAspire.Contracts;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace MsaAspire.Lab.Load;

/// <summary>
/// Receives final statuses from the broker, on an exclusive queue that lives as long as its connection, so that the measurement adds no
/// requests to the shop. When the connection is lost a new one is opened, with a new queue; events in between are missed.
/// </summary>
internal sealed class FinalStatuses : IAsyncDisposable
{
    private static readonly EventType[] s_final = [ShopEvents.OrderConfirmed, ShopEvents.OrderRejected, ShopEvents.OrderCancelled];

    private readonly IConnection _connection;

    private FinalStatuses(IConnection connection) => _connection = connection;

    /// <summary>An order has reached a final status. Called on the connection's thread.</summary>
    public event Action<Guid, string>? Heard;

    public static async Task<FinalStatuses> ListenAsync(string connectionString, CancellationToken cancellation)
    {
        // The client recovers connection, channel, queue, bindings and consumer by itself, as often as necessary.
        var factory = new ConnectionFactory { Uri = new Uri(connectionString), NetworkRecoveryInterval = TimeSpan.FromMilliseconds(500) };
        var connection = await factory.CreateConnectionAsync("lab", cancellation);
        try
        {
            var heard = new FinalStatuses(connection);
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
            var queue = await channel.QueueDeclareAsync(
                "", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellation);
            foreach (var type in s_final)
                await channel.QueueBindAsync(queue.QueueName, "shop.events", type.Name, cancellationToken: cancellation);
            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += heard.ReceiveAsync;
            await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, cancellation);
            return heard;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private Task ReceiveAsync(object sender, BasicDeliverEventArgs args)
    {
        using var message = JsonDocument.Parse(args.Body);
        var data = message.RootElement.GetProperty("data");
        Heard?.Invoke(data.GetProperty("orderId").GetGuid(), data.GetProperty("status").GetString()!);
        return Task.CompletedTask;
    }
}
