using System.Text.Json;
using MsaAspire.Contracts;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Benchmarks.Checkout;

/// <summary>
/// Hears of final statuses from the broker, on a queue of its own that lives as long as its connection. So the shop is not asked for what
/// it is measured in.
/// </summary>
internal sealed class FinalStatuses : IAsyncDisposable
{
    private static readonly EventType[] s_final = [ShopEvents.OrderConfirmed, ShopEvents.OrderRejected, ShopEvents.OrderCancelled];

    private readonly IConnection _connection;

    private FinalStatuses(IConnection connection) => _connection = connection;

    /// <summary>Who is told now.</summary>
    public Orders? Listener { get; set; }

    public static async Task<FinalStatuses> ListenAsync(string connectionString, CancellationToken cancellation)
    {
        var factory = new ConnectionFactory { Uri = new Uri(connectionString) };
        var connection = await factory.CreateConnectionAsync("benchmark", cancellation);
        var heard = new FinalStatuses(connection);
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var queue = (await channel.QueueDeclareAsync("", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellation)).QueueName;
        foreach (var type in s_final)
            await channel.QueueBindAsync(queue, "shop.events", type.Name, cancellationToken: cancellation);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, args) =>
        {
            using var message = JsonDocument.Parse(args.Body);
            var data = message.RootElement.GetProperty("data");
            heard.Listener?.Ended(data.GetProperty("orderId").GetGuid(), data.GetProperty("status").GetString()!);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, cancellation);
        return heard;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
