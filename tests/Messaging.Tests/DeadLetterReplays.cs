using System.Text;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Xunit;

namespace Messaging.Tests;

/// <summary>What was given up is looked at and sent back.</summary>
public class DeadLetterReplays(Servers servers)
{
    private static readonly StockReserved Data = new(Guid.NewGuid());

    private readonly EventType _type = new($"test.{Guid.NewGuid():N}", 1, ShopEvents.StockReserved.Json);

    [Fact]
    public async Task A_replayed_message_is_handled_with_its_trace_once_its_cause_is_mended()
    {
        const string Trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        await using var module = await TestModule.StartAsync(servers, _type, ("MaxRetries", "0"));
        module.FailWith(_ => new InvalidOperationException("a bug"));
        await module.CommitAsync(_type, Data, $"00-{Trace}-00f067aa0ba902b7-01");
        await module.ReportAsync(1);

        module.FailWith(_ => null);
        Assert.Equal(1u, (await module.DeadLetters.ReplayAsync(Cancelled)).Replayed);
        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 1);
        Assert.Contains(Trace, module.Seen.Last().TraceParent, StringComparison.Ordinal);
        await module.ReportAsync(0);
    }

    [Fact]
    public async Task A_replay_of_what_still_fails_ends_and_leaves_it_there()
    {
        await using var module = await TestModule.StartAsync(servers, _type);
        for (var i = 0; i < 20; i++)
            await module.PublishAsync(_type.Name, Encoding.UTF8.GetBytes($"rubbish {i}"));
        await module.ReportAsync(20);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(20u, (await module.DeadLetters.ReplayAsync(Cancelled)).Replayed);
            await module.ReportAsync(20);
        }
    }

    [Fact]
    public async Task A_replay_of_what_was_handled_after_all_has_no_effect()
    {
        await using var module = await TestModule.StartAsync(servers, _type, ("MaxRetries", "0"));
        var failing = true;
        module.FailWith(_ => failing ? new InvalidOperationException("a bug") : null);
        var body = CloudEvent.Write(Guid.NewGuid(), "/test", _type, Data);
        await module.PublishAsync(_type.Name, body);
        await module.ReportAsync(1);
        failing = false;
        await module.PublishAsync(_type.Name, body);
        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 1);

        await Task.WhenAll(module.DeadLetters.ReplayAsync(Cancelled), module.DeadLetters.ReplayAsync(Cancelled));
        await Eventually.IsAsync(() => module.Seen.Count == 3);
        Assert.Equal(1, await module.CountAsync("effects"));
    }

    [Fact]
    public async Task Looking_tells_the_reasons_and_takes_nothing_away_however_often()
    {
        await using var module = await TestModule.StartAsync(servers, _type);
        await module.PublishAsync(_type.Name, Encoding.UTF8.GetBytes("rubbish"));
        await module.ReportAsync(1);
        for (var i = 0; i < 30; i++)
        {
            var letter = Assert.Single((await module.DeadLetters.LookAsync(20, Cancelled)).First);
            Assert.Contains("malformed", letter.Reason, StringComparison.Ordinal);
        }

        await module.ReportAsync(1);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;
}
