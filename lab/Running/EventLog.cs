using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace MsaAspire.Lab.Running;

/// <summary>All events on the broker, received on a queue that lives as long as its connection.</summary>
internal sealed class EventLog : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly ConcurrentQueue<(string Type, string Data)> _events = new();

    private EventLog(IConnection connection) => _connection = connection;

    public static async Task<EventLog> ListenAsync(string broker, CancellationToken cancellation)
    {
        var log = new EventLog(await new ConnectionFactory { Uri = new Uri(broker) }.CreateConnectionAsync("lab events", cancellation));
        var channel = await log._connection.CreateChannelAsync(cancellationToken: cancellation);
        var declared = await channel.QueueDeclareAsync(
            "", durable: false, exclusive: true, autoDelete: true, cancellationToken: cancellation);
        var queue = declared.QueueName;
        await channel.QueueBindAsync(queue, "shop.events", "#", cancellationToken: cancellation);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, args) =>
        {
            using var message = JsonDocument.Parse(args.Body);
            var root = message.RootElement;
            log._events.Enqueue((root.GetProperty("type").GetString()!, root.GetProperty("data").GetRawText()));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, cancellation);
        return log;
    }

    /// <summary>The events since the last call, with their data as JSON.</summary>
    public IReadOnlyList<(string Type, string Data)> Take()
    {
        var events = new List<(string, string)>();
        while (_events.TryDequeue(out var next))
            events.Add(next);
        return events;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
