using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using MsaAspire.Messaging.InProcess;
using Xunit;

namespace Messaging.Tests;

/// <summary>Outbox to inbox of modules that share one process: the promises are those of <see cref="Deliveries"/>, without a broker.</summary>
public class InProcessDeliveries(Servers servers)
{
    /// <summary>Nobody listens there.</summary>
    private const string NoBroker = "amqp://guest:guest@127.0.0.1:1";

    private static readonly StockReserved Data = new(Guid.NewGuid());

    private readonly EventType _type = new($"test.{Guid.NewGuid():N}", 1, ShopEvents.StockReserved.Json);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_committed_event_is_handled_once_and_leaves_the_outbox_though_there_is_no_broker(bool handedOver)
    {
        await using var module = await TestModule.StartInProcessAsync(servers, _type, NoBroker);
        var id = await module.CommitAsync(_type, Data, handOver: handedOver);
        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 1);
        await Eventually.IsAsync(() => module.CountAsync("outbox"), count => count == 0);
        Assert.Equal((id, Data), (Assert.Single(module.Seen).Id, (StockReserved)module.Seen.First().Data));
        Assert.Equal(HealthStatus.Degraded, (await module.HealthAsync()).Status);
    }

    [Fact]
    public async Task More_events_than_the_queue_holds_are_all_handled_once()
    {
        await using var module = await TestModule.StartInProcessAsync(servers, _type, NoBroker);
        for (var i = 0; i < 1200; i++)
            await module.CommitAsync(_type, Data, handOver: i % 2 == 0);
        await Eventually.IsAsync(() => module.CountAsync("outbox"), count => count == 0);
        Assert.Equal(1200, await module.CountAsync("effects"));
    }

    [Fact]
    public async Task An_event_no_module_takes_stays_in_the_outbox_and_is_tried_again()
    {
        await using var module = await TestModule.StartInProcessAsync(servers, new("test.other", 1, ShopEvents.OrderSubmitted.Json), NoBroker);
        await module.CommitAsync(_type, Data);
        await Eventually.IsAsync(() => module.AttemptsAsync(), attempts => attempts > 1);
        Assert.Equal(1, await module.CountAsync("outbox"));
    }

    [Fact]
    public async Task News_that_nobody_hears_leave_the_outbox()
    {
        await using var module = await TestModule.StartInProcessAsync(servers, _type, NoBroker);
        await module.CommitAsync(ShopEvents.OrderConfirmed, new OrderChanged(Guid.NewGuid(), 3, "Confirmed", DateTimeOffset.UtcNow, null));
        await Eventually.IsAsync(() => module.CountAsync("outbox"), count => count == 0);
    }

    [Fact]
    public async Task An_event_that_keeps_failing_is_given_up_with_its_reason_and_its_neighbours_are_not()
    {
        await using var module = await TestModule.StartInProcessAsync(servers, _type, NoBroker);
        Guid? bad = null;
        module.FailWith(e => e.Id == (bad ??= e.Id) ? new InvalidOperationException("a bug") : null);
        for (var i = 0; i < 20; i++)
            await module.CommitAsync(_type, Data);
        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 19);

        var letter = Assert.Single((await module.ReportAsync(1)).First);
        Assert.Equal((bad.ToString(), _type.Name, "InvalidOperationException: a bug"), (letter.MessageId, letter.Type, letter.Reason));
        await Eventually.IsAsync(() => module.CountAsync("outbox"), count => count == 0);
    }

    [Fact]
    public async Task An_event_that_kills_its_process_is_given_up_and_its_neighbours_are_handled()
    {
        await using var module = await TestModule.StartInProcessAsync(servers, _type, NoBroker);
        var events = Enumerable.Range(0, 10).Select(_ => OutboxMessage.Create("test", _type, Data)).ToList();
        var deadly = events[3].Id;
        // The process has died three times with all of them, and five times with this one alone.
        foreach (var message in events)
        {
            await using var suspect = module.Database.CreateCommand($"INSERT INTO {module.Name}.suspects (message_id, attempts, returns) VALUES ($1, $2, 2)");
            suspect.Parameters.Add(new() { Value = message.Id });
            suspect.Parameters.Add(new() { Value = message.Id == deadly ? 5 : 0 });
            await suspect.ExecuteNonQueryAsync(Cancelled);
        }

        foreach (var message in events)
            await module.InsertAsync(message);
        await Eventually.IsAsync(() => module.CountAsync("outbox"), count => count == 0);

        Assert.Equal(9, await module.CountAsync("effects"));
        Assert.DoesNotContain(module.Seen, e => e.Id == deadly);
        Assert.Contains("killed its consumer 5 times", Assert.Single((await module.ReportAsync(1)).First).Reason, StringComparison.Ordinal);
        Assert.Equal(0, await module.CountAsync("suspects"));
    }

    [Fact]
    public async Task A_replayed_event_is_handled_with_its_trace_once_its_cause_is_mended()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await using var module = await TestModule.StartInProcessAsync(servers, _type, NoBroker);
        module.FailWith(_ => new NonRetryableException("a bug"));
        await module.CommitAsync(_type, Data, $"00-{Trace}-00f067aa0ba902b7-01");
        await module.ReportAsync(1);

        module.FailWith(_ => null);
        Assert.Equal((1u, 0u), await ReplayAsync(module));
        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 1);
        Assert.Contains(Trace, module.Seen.Last().TraceParent, StringComparison.Ordinal);
        Assert.Equal((0u, 0u), await ReplayAsync(module));
    }

    [Fact]
    public async Task A_replay_of_what_still_fails_leaves_one_dead_letter_with_the_later_reason()
    {
        await using var module = await TestModule.StartInProcessAsync(servers, _type, NoBroker);
        module.FailWith(_ => new NonRetryableException("the first bug"));
        await module.CommitAsync(_type, Data);
        await module.ReportAsync(1);

        module.FailWith(_ => new NonRetryableException("the second bug"));
        await ReplayAsync(module);
        await Eventually.IsAsync(
            () => module.DeadLetters.LookAsync(5, Cancelled), report => report is { Count: 1, First: [{ Reason: "the second bug" }] });
    }

    [Fact(DisableParallelization = true)]
    public async Task A_silent_broker_holds_nothing_up_inside_and_other_processes_hear_of_it_all_later()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The broker's environment is read from /proc, which only Linux has.");
        await using var other = await TestModule.StartAsync(servers, _type);
        await using var module = await TestModule.StartInProcessAsync(servers, _type, servers.RabbitMQ, _type);
        await Eventually.IsAsync(module.IsReadyAsync, ready => ready);
        await servers.Broker.BlockAsync();
        try
        {
            for (var i = 0; i < 50; i++)
                await module.CommitAsync(_type, Data, handOver: true);
            await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 50);
            Assert.Empty(other.Seen);
        }
        finally
        {
            await servers.Broker.UnblockAsync();
        }

        await Eventually.IsAsync(() => other.CountAsync("effects"), count => count == 50);
        await Eventually.IsAsync(() => module.CountAsync("outbox"), count => count == 0);
        Assert.Equal(50, await module.CountAsync("effects"));
    }

    [Fact]
    public void A_module_that_was_added_before_is_refused_since_its_events_would_go_to_the_broker()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:db", "Host=127.0.0.1"), new("ConnectionStrings:broker", NoBroker)]);
        builder.AddMessaging("early", "db", "broker", typeof(Recorder).Assembly);

        var error = Assert.Throws<InvalidOperationException>(() => builder.AddInProcessMessaging("broker"));
        Assert.Contains("Call it first", error.Message, StringComparison.Ordinal);
    }

    private static async Task<(uint Replayed, uint Left)> ReplayAsync(TestModule module)
    {
        var report = await module.DeadLetters.ReplayAsync(Cancelled);
        return (report.Replayed, report.Left);
    }
}
