using System.Net;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests;

public sealed class Overload : GatewayTest
{
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override (string Key, string Value)[] Settings => [("Gateway:Concurrency:Limit", "2"), ("Gateway:Concurrency:Queue", "1")];

    [Fact]
    public async Task More_requests_than_a_service_can_take_wait_and_more_than_may_wait_are_refused_at_once()
    {
        var taken = await TakeAllAsync(2);
        List<Task<HttpResponseMessage>> late = [GetAsync("/api/things/waits"), GetAsync("/api/things/waits")];

        var refused = await Task.WhenAny(late);

        using (var response = await refused)
        {
            var problem = await response.ProblemAsync(503);
            Assert.Equal("urn:msa-aspire:problem:unavailable", problem.GetProperty("type").GetString());
            Assert.Contains("nothing was done", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.InRange(int.Parse(response.Header("Retry-After")), 1, 5);
        }

        _answer.SetResult();
        foreach (var request in late.Where(r => r != refused).Concat(taken))
        {
            using var response = await request;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }

        Assert.Equal(3, Destination.Seen.Count);
    }

    [Fact]
    public async Task Who_waits_and_goes_away_leaves_the_place_to_the_next()
    {
        var taken = await TakeAllAsync(2);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        List<Task<HttpResponseMessage>> late = [Client.GetAsync("/api/things/waits", gone.Token), Client.GetAsync("/api/things/waits", gone.Token)];
        using (var refused = await await Task.WhenAny(late))
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(late));
        var next = await UntilQueuedAsync();

        _answer.SetResult();
        using var response = await next;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        foreach (var request in taken)
            (await request).Dispose();
    }

    [Fact]
    public async Task A_service_that_hangs_takes_nothing_from_another()
    {
        await using var other = await TestServer.StartAsync(context => context.Response.WriteAsync("here", Cancelled));
        await using var gateway = await TestGateway.StartAsync(
            [("/api/things", "things"), ("/api/others", "others")],
            [("services:things:http:0", Destination.Url), ("services:others:http:0", other.Url), .. Settings]);
        var hanging = Enumerable.Range(0, 3).Select(_ => gateway.Client.GetAsync("/api/things/hangs", Cancelled)).ToList();
        await UntilSeenAsync(2);

        Assert.Equal("here", await gateway.Client.GetStringAsync("/api/others/1", Cancelled));

        _answer.SetResult();
        foreach (var request in hanging)
            (await request).Dispose();
    }

    [Fact]
    public async Task An_event_stream_counts_only_until_it_has_started()
    {
        var streams = new List<HttpResponseMessage>();
        for (var i = 0; i < 5; i++)
            streams.Add(await Client.GetAsync("/api/things/events", HttpCompletionOption.ResponseHeadersRead, Cancelled));

        Assert.All(streams, stream => Assert.Equal(HttpStatusCode.OK, stream.StatusCode));

        _answer.SetResult();
        streams.ForEach(stream => stream.Dispose());
    }

    [Theory]
    [InlineData("Gateway:Concurrency:Limit", "0")]
    [InlineData("Gateway:Concurrency:Queue", "-1")]
    [InlineData("Gateway:RateLimit:Burst", "0")]
    public async Task A_limit_that_is_none_stops_the_start_and_is_named(string setting, string value)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestGateway.InFrontOfAsync(Destination, (setting, value)));

        Assert.Contains(setting, error.Message, StringComparison.Ordinal);
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path.Value!.EndsWith("events", StringComparison.Ordinal))
            context.Response.ContentType = "text/event-stream; charset=utf-8";
        await context.Response.WriteAsync(": begins\n", Cancelled);
        await _answer.Task.WaitAsync(context.RequestAborted);
    }

    private async Task<List<Task<HttpResponseMessage>>> TakeAllAsync(int count)
    {
        var taken = Enumerable.Range(0, count).Select(_ => GetAsync("/api/things/taken")).ToList();
        await UntilSeenAsync(count);
        return taken;
    }

    private async Task UntilSeenAsync(int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (Destination.Seen.Count < count)
            await poll.WaitForNextTickAsync(limit.Token);
    }

    /// <summary>Asks again while the place in the queue is still taken: the gateway hears a moment later that its client is gone.</summary>
    private async Task<Task<HttpResponseMessage>> UntilQueuedAsync()
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var next = GetAsync("/api/things/waits");
            if (await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(200), Cancelled)) != next)
                return next;
            (await next).Dispose();
        }

        throw new TimeoutException("The place in the queue was still taken after 50 attempts.");
    }
}
