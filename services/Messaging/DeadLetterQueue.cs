using System.Text;
using System.Text.Json.Serialization;
using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>The content of a module's dead-letter queue.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Count">How many messages.</param>
/// <param name="First">The oldest of them.</param>
public sealed record DeadLetterReport(string Queue, uint Count, IReadOnlyList<DeadLetter> First);

/// <summary>A message that could not be handled.</summary>
public sealed record DeadLetter(string? MessageId, string? Type, string? At, string Reason);

/// <summary>The result of a replay.</summary>
/// <param name="Replayed">How many messages are back in the module's queue.</param>
/// <param name="Left">How many are in the dead-letter queue: they arrived meanwhile, some of them for the second time.</param>
public sealed record ReplayReport(uint Replayed, uint Left);

/// <summary>A module's dead letters, to inspect and to replay.</summary>
internal interface IDeadLetterQueue
{
    /// <summary>Returns how many messages there are, and the oldest of them.</summary>
    Task<DeadLetterReport> LookAsync(int atMost, CancellationToken cancellation);

    /// <summary>Sends as many messages as there are now back to the module. It can be repeated or interrupted at any point.</summary>
    Task<ReplayReport> ReplayAsync(CancellationToken cancellation);
}

/// <summary>The dead-letter queue of a module on the broker.</summary>
internal sealed class DeadLetterQueue(string queue, IConnectionFactory factory) : IDeadLetterQueue
{
    /// <summary>RabbitMQ 4 drops a message that was returned 20 times, and inspecting a message returns it.</summary>
    private const long MostReturns = 10;

    private static readonly TimeSpan TakeBackLimit = TimeSpan.FromSeconds(1);

    private readonly string _deadLetters = Topology.DeadLetterQueue(queue);

    public async Task<DeadLetterReport> LookAsync(int atMost, CancellationToken cancellation)
    {
        await using var connection = await factory.CreateConnectionAsync($"{_deadLetters} report", cancellation);
        await using var channel = await connection.CreateChannelAsync(Publisher.ChannelOptions, cancellation);
        var count = await CountAsync(channel, cancellation);
        var first = new List<DeadLetter>();
        ulong? last = null;
        // Only as many as there were: a message that is dead-lettered again meanwhile must not be replayed twice.
        while (first.Count < Math.Min(atMost, count) && await channel.BasicGetAsync(_deadLetters, autoAck: false, cancellation) is { } message)
        {
            first.Add(Describe(message.BasicProperties));
            if (Delivery.Number(message.BasicProperties, Delivery.ReturnsHeader) >= MostReturns)
                await MoveAsync(channel, message, _deadLetters, message.BasicProperties.Headers!, cancellation);
            else
                last = message.DeliveryTag;
        }

        if (last is { } tag)
        {
            await channel.BasicNackAsync(tag, multiple: true, requeue: true, cancellation);
            await TakenBackAsync(channel, count, cancellation);
        }

        return new(_deadLetters, count, first);
    }

    /// <summary>A quorum queue requeues messages asynchronously and counts only those that are ready: an immediate replay would find none.</summary>
    private async Task TakenBackAsync(IChannel channel, uint count, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TakeBackLimit);
        try
        {
            while (await CountAsync(channel, limit.Token) < count)
                await Task.Delay(10, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Another replay runs at the same time, so there are fewer.
        }
    }

    /// <summary>
    /// Sends as many messages as there are now back to the module's queue, each with its trace and without its retry count. It can be repeated
    /// or interrupted at any point: a message is removed here only when the broker has confirmed it there, and the inbox drops a duplicate.
    /// </summary>
    public async Task<ReplayReport> ReplayAsync(CancellationToken cancellation)
    {
        await using var connection = await factory.CreateConnectionAsync($"{_deadLetters} replay", cancellation);
        await using var channel = await connection.CreateChannelAsync(Publisher.ChannelOptions, cancellation);
        var count = await CountAsync(channel, cancellation);
        var replayed = 0u;
        while (replayed < count && await channel.BasicGetAsync(_deadLetters, autoAck: false, cancellation) is { } message)
        {
            await MoveAsync(channel, message, queue, new Dictionary<string, object?> { ["traceparent"] = Header(message.BasicProperties, "traceparent") }, cancellation);
            replayed++;
        }

        return new(replayed, await CountAsync(channel, cancellation));
    }

    private static async Task MoveAsync(
        IChannel channel, BasicGetResult message, string to, IDictionary<string, object?> headers, CancellationToken cancellation)
    {
        var properties = new BasicProperties
        {
            MessageId = message.BasicProperties.MessageId,
            Type = message.BasicProperties.Type,
            ContentType = message.BasicProperties.ContentType,
            DeliveryMode = DeliveryModes.Persistent,
            Headers = headers.Where(h => h.Key != Delivery.ReturnsHeader).ToDictionary(),
        };
        await channel.BasicPublishAsync(Topology.Queues, to, mandatory: true, properties, message.Body, cancellation);
        await channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellation);
    }

    private async Task<uint> CountAsync(IChannel channel, CancellationToken cancellation) =>
        (await channel.QueueDeclarePassiveAsync(_deadLetters, cancellation)).MessageCount;

    private static DeadLetter Describe(IReadOnlyBasicProperties properties) => new(
        properties.MessageId, properties.Type, Header(properties, DeadLetters.TimeHeader),
        Header(properties, DeadLetters.ReasonHeader)
            ?? $"dead-lettered by the broker ({Header(properties, "x-first-death-reason") ?? "for no known reason"})");

    private static string? Header(IReadOnlyBasicProperties properties, string name) =>
        properties.Headers?.TryGetValue(name, out var value) == true && value is byte[] text ? Encoding.UTF8.GetString(text) : null;
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DeadLetterReport))]
[JsonSerializable(typeof(ReplayReport))]
internal sealed partial class DeadLettersJson : JsonSerializerContext;
