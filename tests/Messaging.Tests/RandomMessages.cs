using System.Collections.Concurrent;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MsaAspire.Contracts;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using Xunit;

namespace Messaging.Tests;

/// <summary>Thousands of messages of every kind at random, on a real queue. <c>MESSAGING_SEED</c> repeats a run.</summary>
public class RandomMessages(Servers servers)
{
    private const int LargestMessage = 4096, Changes = 4, Size = 30, Outstanding = 500;

    // It takes seconds on a machine with nothing else to do.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    private readonly EventType _type = new($"test.{Guid.NewGuid():N}", 1, ShopEvents.OrderConfirmed.Json);

    [Fact]
    public Task Good_messages_are_handled_once_and_bad_ones_dead_lettered_whatever_comes_in_whatever_order() => SendAsync(ofEachKind: 2_000);

    [LongFact]
    public Task So_are_many_more() => SendAsync(ofEachKind: 10_000);

    private async Task SendAsync(int ofEachKind)
    {
        var messages = Generate((ulong)Seed.Of("MESSAGING_SEED"), ofEachKind);
        var effective = messages.Where(m => m.Kind is Kind.WellFormed or Kind.Reordered).ToList();
        await using var module = await TestModule.StartAsync(servers, _type, ("MaxMessageSize", $"{LargestMessage}"));

        await PublishAsync(module, messages);

        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == effective.Count, s_limit);
        var dead = await TakeDeadLettersAsync(module, 3 * ofEachKind);
        Assert.Equal(
            [(Kind.Malformed, ofEachKind), (Kind.Oversized, ofEachKind), (Kind.UnknownVersion, ofEachKind)],
            dead.GroupBy(d => d.Kind).OrderBy(g => g.Key).Select(g => (g.Key, g.Count())));
        Assert.All(dead, d => Assert.True(IsRule(d.Kind, d.Reason), $"{d.Kind}: {d.Reason}"));
        // A batch with a duplicate in it is repeated without it.
        Assert.Equal(effective.Count, module.Seen.Select(e => e.Id).Distinct().Count());
        Assert.Equal(effective.Count, await module.CountAsync("inbox"));
        Assert.Equal(
            effective.GroupBy(m => m.Change!.OrderId).Sum(g => g.Max(m => m.Change!.Number)),
            await module.CountAsync("latest", "sum(number)"));
        Assert.Empty(await TakeDeadLettersAsync(module, 0));
    }

    private RandomMessage[] Generate(ulong seed, int ofEachKind)
    {
        // One stream of random numbers for each kind: a change to one generator leaves the others' messages as they were.
        var good = Sample(RandomMessage.WellFormed(_type), 0, ofEachKind);
        var reordered = Sample(RandomMessage.Reordered(_type, Changes), 1, ofEachKind / Changes).SelectMany(chain => chain).ToArray();
        RandomMessage[] all =
        [
            .. good,
            .. reordered,
            .. Sample(Gen.Elements<RandomMessage>([.. good, .. reordered]), 2, ofEachKind).Select(m => m with { Kind = Kind.Replayed }),
            .. Sample(RandomMessage.Malformed(_type), 3, ofEachKind),
            .. Sample(RandomMessage.Oversized(_type, LargestMessage), 4, ofEachKind),
            .. Sample(RandomMessage.UnknownVersion(_type), 5, ofEachKind),
        ];
        return Gen.Shuffle(all).Sample(1, new Rnd(seed, 13), Size).Single();

        T[] Sample<T>(Gen<T> gen, ulong stream, int count) => [.. gen.Sample(count, new Rnd(seed, (2 * stream) + 1), Size)];
    }

    private static bool IsRule(Kind kind, string reason) => kind switch
    {
        Kind.Oversized => reason.Contains($"the maximum is {LargestMessage}", StringComparison.Ordinal),
        Kind.UnknownVersion => reason.Contains("unknown", StringComparison.Ordinal) || reason == "not a CloudEvents 1.0 message",
        _ => !reason.Contains("Exception", StringComparison.Ordinal),
    };

    /// <summary>Publishes them in this order, each with its kind as message id.</summary>
    private async Task PublishAsync(TestModule module, IEnumerable<RandomMessage> messages)
    {
        await using var connection = await module.Broker.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), TestContext.Current.CancellationToken);
        foreach (var chunk in messages.Chunk(Outstanding))
        {
            await Task.WhenAll(chunk.Select(m => channel.BasicPublishAsync(
                "shop.events", _type.Name, mandatory: true, new BasicProperties { MessageId = m.Kind.ToString() }, m.Body,
                TestContext.Current.CancellationToken).AsTask()));
        }
    }

    /// <summary>Takes everything off the dead-letter queue, until so many and no more are there.</summary>
    private static async Task<IReadOnlyCollection<(Kind Kind, string Reason)>> TakeDeadLettersAsync(TestModule module, int count)
    {
        var taken = new ConcurrentQueue<(Kind, string)>();
        await using var connection = await module.Broker.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, args) =>
        {
            var reason = Encoding.UTF8.GetString((byte[])args.BasicProperties.Headers!["dead-letter-reason"]!);
            taken.Enqueue((Enum.Parse<Kind>(args.BasicProperties.MessageId!), reason));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync($"{module.Name}.dead", autoAck: true, consumer, TestContext.Current.CancellationToken);
        await Eventually.IsAsync(async () =>
        {
            var waiting = await channel.MessageCountAsync(module.Name, TestContext.Current.CancellationToken)
                + await channel.MessageCountAsync($"{module.Name}.dead", TestContext.Current.CancellationToken);
            return (taken.Count, Waiting: waiting);
        }, so => so.Waiting == 0 && so.Count >= count, s_limit);
        return taken;
    }
}
