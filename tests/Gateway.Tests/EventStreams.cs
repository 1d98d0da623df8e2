using System.Net;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests;

public sealed class EventStreams : GatewayTest
{
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override (string Key, string Value)[] Settings =>
        [("Gateway:RateLimit:PermitsPerSecond", "2"), ("Gateway:RateLimit:Burst", "2"), ("Gateway:SilenceSeconds", "2")];

    [Fact]
    public async Task A_stream_comes_through_event_by_event_outlives_the_silence_limit_and_costs_one_permit()
    {
        using var first = await OpenAsync();
        using var second = await OpenAsync();
        using var lines = new StreamReader(await first.Content.ReadAsStreamAsync(Cancelled));

        // Six beats are three seconds: longer than a silent service would be waited for, and than two permits need to come back.
        for (var beats = 0; beats < 6; beats++)
            Assert.Equal(": beat", await lines.ReadLineAsync(Cancelled));
        using var third = await OpenAsync();

        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        _end.SetResult();
    }

    protected override async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        do
        {
            await context.Response.WriteAsync(": beat\n", context.RequestAborted);
        }
        while (!_end.Task.IsCompleted && await beat.WaitForNextTickAsync(context.RequestAborted));
    }

    private async Task<HttpResponseMessage> OpenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/things/events") { Headers = { { "X-Forwarded-For", "203.0.113.1" } } };
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
    }
}
