using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests;

/// <summary>Open event streams and requests in flight when the gateway is told to stop.</summary>
public sealed class StreamsAtShutdown : GatewayTest
{
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override (string Key, string Value)[] Settings => [("Drain:Seconds", "1")];

    [Fact]
    public async Task A_stream_lives_until_the_drain_is_over_then_ends_as_if_it_were_complete_and_does_not_hold_the_stop()
    {
        using var stream = await Client.GetAsync("/api/things/events", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(Cancelled));
        Assert.Equal("data: 1", await lines.ReadLineAsync(Cancelled));
        var clock = Stopwatch.StartNew();

        var stopped = Gateway.StopAsync(Cancelled);
        _goOn.SetResult();

        Assert.Equal("data: 2", await lines.ReadLineAsync(Cancelled));
        Assert.Null(await lines.ReadLineAsync(Cancelled).AsTask().WaitAsync(TimeSpan.FromSeconds(10), Cancelled));
        // The drain takes a second, by a clock that is coarser than this one.
        Assert.InRange(clock.Elapsed, TimeSpan.FromSeconds(0.95), TimeSpan.FromSeconds(10));
        await stopped.WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
    }

    [Fact]
    public async Task A_request_that_takes_longer_than_the_drain_is_still_answered_in_full()
    {
        using var download = await Client.GetAsync("/api/things/download", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        using var lines = new StreamReader(await download.Content.ReadAsStreamAsync(Cancelled));
        Assert.Equal("data: 1", await lines.ReadLineAsync(Cancelled));
        using var stream = await Client.GetAsync("/api/things/events", HttpCompletionOption.ResponseHeadersRead, Cancelled);
        using var events = new StreamReader(await stream.Content.ReadAsStreamAsync(Cancelled));

        var stopped = Gateway.StopAsync(Cancelled);
        // The stream's end shows that the drain is over.
        await events.ReadToEndAsync(Cancelled).WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
        _goOn.SetResult();

        Assert.Equal("data: 2\n", await lines.ReadToEndAsync(Cancelled));
        await stopped.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
    }

    /// <summary>Both send a line at once and one when told to; a stream then stays open.</summary>
    protected override async Task AnswerAsync(HttpContext context)
    {
        var isStream = context.Request.Path.Value!.EndsWith("events", StringComparison.Ordinal);
        context.Response.ContentType = isStream ? "text/event-stream; charset=utf-8" : "text/plain";
        await context.Response.WriteAsync("data: 1\n", context.RequestAborted);
        await _goOn.Task.WaitAsync(context.RequestAborted);
        await context.Response.WriteAsync("data: 2\n", context.RequestAborted);
        if (isStream)
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }
}
