using System.Diagnostics;
using System.Text;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Xunit;

namespace Messaging.Tests;

/// <summary>Outbox to inbox over real servers.</summary>
public class Deliveries(Servers servers)
{
    private static readonly StockReserved Data = new(Guid.NewGuid());

    // A type of each test's own: queues of tests that run beside it are bound to the shop's exchange as well.
    private readonly EventType _type = new($"test.{Guid.NewGuid():N}", 1, ShopEvents.StockReserved.Json);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_committed_event_is_handled_once_and_leaves_the_outbox(bool handedOver)
    {
        await using var module = await TestModule.StartAsync(servers, _type);
        var id = await module.CommitAsync(_type, Data, handOver: handedOver);
        await Eventually.IsAsync(() => module.CountAsync("inbox"), count => count == 1);
        await Eventually.IsAsync(() => module.CountAsync("outbox"), count => count == 0);
        Assert.Equal((id, Data), (Assert.Single(module.Seen).Id, (StockReserved)module.Seen.First().Data));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Many_events_are_all_handled_once(bool handedOver)
    {
        await using var module = await TestModule.StartAsync(servers, _type);
        var ids = new HashSet<Guid>();
        for (var i = 0; i < 500; i++)
            ids.Add(await module.CommitAsync(_type, Data, handOver: handedOver));
        await Eventually.IsAsync(() => module.CountAsync("inbox"), count => count == ids.Count);
        Assert.Equal(ids.Count, module.Seen.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_event_nobody_takes_stays_until_somebody_does(bool handedOver)
    {
        await using var writer = await TestModule.StartAsync(servers, new("test.other", 1, ShopEvents.OrderSubmitted.Json));
        await writer.CommitAsync(_type, Data, handOver: handedOver);
        await Eventually.IsAsync(() => writer.AttemptsAsync(), attempts => attempts > 0);
        Assert.Equal(1, await writer.CountAsync("outbox"));

        await using var reader = await TestModule.StartAsync(servers, _type);
        await Eventually.IsAsync(() => !reader.Seen.IsEmpty);
        await Eventually.IsAsync(() => writer.CountAsync("outbox"), count => count == 0);
    }

    [Fact]
    public async Task News_that_nobody_hears_leave_the_outbox()
    {
        await using var writer = await TestModule.StartAsync(servers, _type);
        await writer.CommitAsync(ShopEvents.OrderConfirmed, new OrderChanged(Guid.NewGuid(), 3, "Confirmed", DateTimeOffset.UtcNow, null));
        await Eventually.IsAsync(() => writer.CountAsync("outbox"), count => count == 0);
    }

    [Fact]
    public async Task A_message_that_is_no_event_is_dead_lettered_with_its_reason_and_holds_up_nothing()
    {
        await using var module = await TestModule.StartAsync(servers, _type);
        await module.PublishAsync(_type.Name, Encoding.UTF8.GetBytes("rubbish"));
        await module.CommitAsync(_type, Data);
        await Eventually.IsAsync(() => module.CountAsync("inbox"), count => count == 1);
        Assert.Contains("malformed", await module.DeadLetterReasonAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_delivered_twice_takes_effect_once()
    {
        await using var module = await TestModule.StartAsync(servers, _type);
        var body = CloudEvent.Write(Guid.NewGuid(), "/test", _type, Data);
        await module.PublishAsync(_type.Name, body);
        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 1);
        await module.PublishAsync(_type.Name, body);
        await Eventually.IsAsync(() => module.Seen.Count == 2);
        await module.CommitAsync(_type, Data);
        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 2);
    }

    [Fact]
    public async Task A_duplicate_that_fails_in_its_handler_is_no_failure()
    {
        await using var module = await TestModule.StartAsync(servers, _type);
        var body = CloudEvent.Write(Guid.NewGuid(), "/test", _type, Data);
        await module.PublishAsync(_type.Name, body);
        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 1);
        module.FailWith(_ => new NonRetryableException("this was done before"));
        await module.PublishAsync(_type.Name, body);
        await Eventually.IsAsync(() => module.Seen.Count == 2);
        await module.ReportAsync(0);
    }

    [Fact]
    public async Task A_message_that_keeps_failing_is_given_up_after_its_retries_and_its_neighbours_are_not()
    {
        await using var module = await TestModule.StartAsync(servers, _type);
        Guid? bad = null;
        module.FailWith(e => e.Id == (bad ??= e.Id) ? new InvalidOperationException("a bug") : null);
        for (var i = 0; i < 20; i++)
            await module.CommitAsync(_type, Data);
        await Eventually.IsAsync(() => module.CountAsync("inbox"), count => count == 19);
        Assert.Equal("InvalidOperationException: a bug", await module.DeadLetterReasonAsync());
        Assert.Equal(0, await module.CountAsync("outbox"));
    }

    [Fact]
    public async Task A_message_that_failed_comes_again_later_and_holds_up_nothing()
    {
        await using var module = await TestModule.StartAsync(servers, _type, ("FirstRetryDelay", "00:00:02"));
        var isFixed = false;
        var bad = await module.CommitAsync(_type, Data);
        module.FailWith(e => e.Id == bad && !isFixed ? new HttpRequestException("another service is unavailable") : null);
        for (var i = 0; i < 20; i++)
            await module.CommitAsync(_type, Data);
        await Eventually.IsAsync(() => module.CountAsync("inbox"), count => count == 20);
        await Eventually.IsAsync(() => module.CountAsync("outbox"), count => count == 1);
        isFixed = true;
        await Eventually.IsAsync(() => module.CountAsync("inbox"), count => count == 21);
        await Eventually.IsAsync(() => module.CountAsync("outbox"), count => count == 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sessions_of_the_database_that_die_lose_nothing(bool handedOver)
    {
        await using var module = await TestModule.StartAsync(servers, _type);
        for (var i = 0; i < 100; i++)
        {
            await Killed.TryAgainAsync(() => module.CommitAsync(_type, Data, handOver: handedOver));
            if (i % 20 == 10)
                await module.KillDatabaseSessionsAsync();
        }

        await Killed.TryAgainAsync(() => Eventually.IsAsync(() => module.CountAsync("inbox"), count => count == 100));
        await Eventually.IsAsync(() => module.CountAsync("outbox"), count => count == 0);
    }

    [Fact]
    public async Task The_trace_goes_on_behind_the_broker()
    {
        using var source = new ActivitySource("Messaging.Tests");
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name is "Messaging.Tests" or "MsaAspire.Messaging",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var module = await TestModule.StartAsync(servers, _type);
        using var activity = source.StartActivity("request")!;
        await module.CommitAsync(_type, Data);
        await Eventually.IsAsync(() => !module.Seen.IsEmpty);
        Assert.Contains(activity.TraceId.ToHexString(), Assert.Single(module.Seen).TraceParent, StringComparison.Ordinal);
    }
}
