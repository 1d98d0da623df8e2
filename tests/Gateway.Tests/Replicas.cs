using System.Diagnostics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests;

/// <summary>A service of two replicas of which one exits, stops answering or reports itself not ready.</summary>
public sealed class Replicas
{
    private static readonly TimeSpan s_takenOut = TimeSpan.FromSeconds(8), s_back = TimeSpan.FromSeconds(12);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_replica_that_dies_costs_no_read_and_no_write_that_had_not_been_sent()
    {
        await using var alive = await TestServer.StartAsync(_ => Task.CompletedTask);
        var dead = await TestServer.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await InFrontOfAsync(alive, dead);
        await dead.DisposeAsync();

        for (var i = 0; i < 50; i++)
        {
            using var read = await gateway.Client.GetAsync("/api/things", Cancelled);
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
            using var write = await gateway.Client.PostAsync("/api/things", new StringContent("{}", Encoding.UTF8, "application/json"), Cancelled);
            Assert.Equal(HttpStatusCode.OK, write.StatusCode);
        }

        Assert.Equal(100, alive.Seen.Count);
    }

    [Fact]
    public async Task A_replica_that_is_back_serves_at_once_when_it_is_the_only_one_though_it_was_out_a_moment_ago()
    {
        var one = await TestServer.StartAsync(_ => Task.CompletedTask);
        var other = await TestServer.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await InFrontOfAsync(one, other);
        var address = one.Url;
        await one.DisposeAsync();
        // So many that the dead one was tried for sure.
        for (var i = 0; i < 20; i++)
            (await gateway.Client.GetAsync("/api/things", Cancelled)).Dispose();
        await other.DisposeAsync();
        await using var back = await TestServer.StartAsync(_ => Task.CompletedTask, address);

        for (var i = 0; i < 20; i++)
        {
            using var write = await gateway.Client.PostAsync("/api/things", new StringContent("{}"), Cancelled);
            Assert.Equal(HttpStatusCode.OK, write.StatusCode);
        }
    }

    [Fact]
    public async Task A_replica_that_calls_itself_unready_gets_no_traffic_within_seconds_and_gets_it_again_when_it_is_ready()
    {
        await using var one = await TestServer.StartAsync(_ => Task.CompletedTask);
        await using var other = await TestServer.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await InFrontOfAsync(one, other);

        one.Healthy = false;
        await UntilAsync("the unready one gets nothing", s_takenOut, async () => await ShareOfAsync(one, gateway) == 0);

        one.Healthy = true;
        await UntilAsync("the ready one gets its share", s_back, async () => await ShareOfAsync(one, gateway) > 0);
    }

    [Fact]
    public async Task A_service_all_of_whose_replicas_call_themselves_unready_is_still_asked()
    {
        await using var only = await TestServer.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await TestGateway.InFrontOfAsync(only);
        only.Healthy = false;
        await UntilAsync("three failed probes", s_takenOut, () => Task.FromResult(only.Probes >= 4));

        using var response = await gateway.Client.GetAsync("/api/things", Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_service_that_is_gone_is_answered_for_with_what_to_do_next()
    {
        var gone = await TestServer.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await TestGateway.InFrontOfAsync(gone);
        await gone.DisposeAsync();

        using var response = await gateway.Client.PostAsync("/api/things", new StringContent("{}"), Cancelled);

        var problem = await response.ProblemAsync(503);
        Assert.Contains("things", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("Idempotency-Key", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(response.Header("Retry-After"));
    }

    [Fact]
    public async Task A_service_that_is_silent_is_given_up_with_504()
    {
        await using var silent = await TestServer.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var gateway = await TestGateway.InFrontOfAsync(silent, ("Gateway:SilenceSeconds", "1"));

        using var response = await gateway.Client.GetAsync("/api/things", Cancelled);

        await response.ProblemAsync(504);
        Assert.Single(silent.Seen);
    }

    [Fact]
    public async Task A_write_that_broke_on_its_way_is_not_sent_again()
    {
        await using var breaking = await TestServer.StartAsync(Abort);
        await using var other = await TestServer.StartAsync(Abort);
        await using var gateway = await InFrontOfAsync(breaking, other);

        using var response = await gateway.Client.PostAsync("/api/things", new StringContent("{}"), Cancelled);

        await response.ProblemAsync(502);
        Assert.Single([.. breaking.Seen, .. other.Seen]);

        static Task Abort(HttpContext context)
        {
            context.Abort();
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task A_request_that_breaks_its_connection_takes_no_replica_away_from_others()
    {
        await using var one = await TestServer.StartAsync(AbortBad);
        await using var other = await TestServer.StartAsync(AbortBad);
        await using var gateway = await InFrontOfAsync(one, other);
        while (one.Seen.Count == 0)
            (await gateway.Client.PostAsync("/api/things/bad", new StringContent("{}"), Cancelled)).Dispose();

        Assert.True(await ShareOfAsync(one, gateway) > 0);

        static Task AbortBad(HttpContext context)
        {
            if (context.Request.Path.Value!.EndsWith("bad", StringComparison.Ordinal))
                context.Abort();
            return Task.CompletedTask;
        }
    }

    private static Task<TestGateway> InFrontOfAsync(TestServer one, TestServer other) =>
        TestGateway.InFrontOfAsync(one, ("services:things:http:1", other.Url), ("Gateway:RateLimit:ExemptLoopback", "true"));

    private static async Task<int> ShareOfAsync(TestServer server, TestGateway gateway)
    {
        var before = server.Seen.Count;
        for (var i = 0; i < 20; i++)
            (await gateway.Client.GetAsync("/api/things", Cancelled)).Dispose();
        return server.Seen.Count - before;
    }

    private static async Task UntilAsync(string what, TimeSpan limit, Func<Task<bool>> reached)
    {
        var clock = Stopwatch.StartNew();
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await reached())
        {
            Assert.True(clock.Elapsed < limit, $"Waited {limit.TotalSeconds} s: {what}.");
            await poll.WaitForNextTickAsync(Cancelled);
        }
    }
}
