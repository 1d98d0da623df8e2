using System.Net;
using Xunit;

namespace Gateway.Tests;

/// <summary>Whether a service may have done what it was asked to is what a client has to know after an error of the gateway.</summary>
public sealed class WhatWasSent
{
    private const string NothingDone = "nothing was done", MayBeDone = "may have processed";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task When_the_connection_is_refused_nothing_was_done()
    {
        var gone = await TestServer.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await TestGateway.InFrontOfAsync(gone);
        await gone.DisposeAsync();

        Says(NothingDone, await ProblemOfWriteAsync(gateway, 503));
    }

    [Fact]
    public async Task When_a_service_has_no_address_nothing_was_done()
    {
        await using var gateway = await TestGateway.StartAsync([("/api/things", "things.invalid")]);

        Says(NothingDone, await ProblemOfWriteAsync(gateway, 503));
    }

    [Fact]
    public async Task When_no_connection_comes_about_in_time_nothing_was_done()
    {
        using var silent = new SilentPort();
        await using var gateway = await TestGateway.StartAsync([("/api/things", "things")], ("services:things:http:0", silent.Url));

        Says(NothingDone, await ProblemOfWriteAsync(gateway, 503));
    }

    [Fact]
    public async Task When_no_connection_comes_about_in_time_another_replica_is_asked_and_the_silent_one_is_left_alone()
    {
        using var silent = new SilentPort();
        await using var alive = await TestServer.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await TestGateway.InFrontOfAsync(alive, ("services:things:http:1", silent.Url));

        for (var i = 0; i < 20; i++)
        {
            using var response = await WriteAsync(gateway);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task When_the_connection_breaks_after_the_request_it_may_have_been_done()
    {
        await using var breaking = await TestServer.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var gateway = await TestGateway.InFrontOfAsync(breaking);

        Says(MayBeDone, await ProblemOfWriteAsync(gateway, 502));
    }

    [Fact]
    public async Task When_no_answer_comes_in_time_it_may_have_been_done()
    {
        await using var silent = await TestServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var gateway = await TestGateway.InFrontOfAsync(silent, ("Gateway:SilenceSeconds", "1"));

        Says(MayBeDone, await ProblemOfWriteAsync(gateway, 504));
    }

    private static Task<HttpResponseMessage> WriteAsync(TestGateway gateway) => gateway.Client.PostAsync("/api/things", new StringContent("{}"), Cancelled);

    private static async Task<string> ProblemOfWriteAsync(TestGateway gateway, int status)
    {
        using var response = await WriteAsync(gateway);
        Assert.NotEmpty(response.Header("Retry-After"));
        return (await response.ProblemAsync(status)).GetProperty("detail").GetString()!;
    }

    private static void Says(string what, string detail)
    {
        Assert.Contains(what, detail, StringComparison.Ordinal);
        Assert.DoesNotContain(what == NothingDone ? "may " : "nothing", detail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Idempotency-Key", detail, StringComparison.Ordinal);
    }
}
