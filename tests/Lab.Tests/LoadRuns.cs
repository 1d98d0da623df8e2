using Microsoft.AspNetCore.Http;
using MsaAspire.Lab.Load;
using Xunit;

namespace Lab.Tests;

/// <summary>The load against a real server.</summary>
public class LoadRuns
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stall_shows_in_every_request_that_was_due_during_it()
    {
        var (stall, enough) = (TimeSpan.FromMilliseconds(500), new TaskCompletionSource());
        var count = 0;
        Task? stalled = null;
        await using var server = await LoadServer.StartAsync(
            async _ =>
            {
                var number = Interlocked.Increment(ref count);
                if (number == 50)
                    stalled = Task.Delay(stall);
                await (Volatile.Read(ref stalled) ?? Task.CompletedTask);
                if (number == 150)
                    enough.SetResult();
            },
            Cancellation);

        var schedule = Schedule.Create(new(200, 0, 0), seed: 1).Take(1000).ToList();
        var requests = (await server.RunAsync(schedule, enough.Task, Cancellation)).Requests(Operations.Browse);

        // Nothing is left out, nothing was put off.
        Assert.Equal(schedule.Take(requests.Count).Select(a => a.DueSeconds), requests.Select(r => r.DueSeconds));
        // While the server stalls no answer comes. Those to the first requests may be late as well, but not all at once.
        var answered = requests.Select(r => r.DueSeconds + (r.LatencyMs / 1000)).Order().ToList();
        var (start, end) = answered.Zip(answered.Skip(1)).MaxBy(pair => pair.Second - pair.First);
        Assert.True(end - start >= stall.TotalSeconds - 0.005, $"The longest silence is from {start:0.000} to {end:0.000} s.");
        var during = requests.Where(r => r.DueSeconds >= start && r.DueSeconds < end).ToList();
        Assert.InRange(during.Count, 60, 140);
        Assert.All(during, r => Assert.True(r.LatencyMs >= ((end - r.DueSeconds) * 1000) - 0.001));
    }

    [Fact]
    public async Task Failures_are_counted_by_operation()
    {
        var (count, enough) = (0, new TaskCompletionSource());
        await using var server = await LoadServer.StartAsync(
            context =>
            {
                if (Interlocked.Increment(ref count) == 60)
                    enough.SetResult();
                if (context.Request.Query.ContainsKey("search"))
                    context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                else if (HttpMethods.IsPost(context.Request.Method))
                    context.Abort();
                return Task.CompletedTask;
            },
            Cancellation);

        var report = await server.RunAsync(Schedule.Create(new(50, 50, 50), seed: 1), enough.Task, Cancellation);

        Assert.All(report.Requests(Operations.Browse), r => Assert.True(r.Ok));
        Assert.Equal(["503"], report.Failures(Operations.Search).Keys);
        Assert.Subset(new HashSet<string> { "ConnectionReset", "ResponseEnded" }, report.Failures(Operations.Order).Keys.ToHashSet());
        Assert.All(report.Requests(Operations.Order), r => Assert.False(r.Ok));
        Assert.Equal(0, report.Orders.Accepted);
        Assert.Equal((0, 100), (report.Window(Operations.Search).Availability, report.Window(Operations.Browse).Availability));
    }

    [Fact]
    public async Task A_request_without_an_answer_fails_after_the_time_limit_and_holds_up_no_other_operation()
    {
        var enough = new TaskCompletionSource();
        await using var server = await LoadServer.StartAsync(
            context =>
            {
                if (!HttpMethods.IsPost(context.Request.Method))
                    return Task.CompletedTask;
                enough.TrySetResult();
                return Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
            },
            Cancellation);

        var report = await server.RunAsync(Schedule.Create(new(50, 0, 50), seed: 1), enough.Task, Cancellation);

        Assert.All(report.Requests(Operations.Browse), r => Assert.True(r.Ok));
        Assert.All(report.Requests(Operations.Order), r => Assert.Equal("timeout", r.Failure));
        Assert.All(report.Requests(Operations.Order), r => Assert.True(r.LatencyMs >= ShopClient.Timeout.TotalMilliseconds - 5));
    }

    [Fact]
    public async Task Orders_of_which_no_event_was_heard_are_looked_up()
    {
        var (placed, enough) = (0, new TaskCompletionSource());
        await using var server = await LoadServer.StartAsync(
            async context =>
            {
                if (HttpMethods.IsPost(context.Request.Method))
                {
                    var number = Interlocked.Increment(ref placed);
                    context.Response.StatusCode = StatusCodes.Status202Accepted;
                    context.Response.Headers.Location = $"/api/orders/{new Guid(number, 0, 0, new byte[8])}";
                    if (number == 3)
                        enough.SetResult();
                }
                else
                {
                    var status = context.Request.Path.Value!.Contains("00000001-", StringComparison.Ordinal) ? "Submitted" : "Confirmed";
                    await context.Response.WriteAsJsonAsync(new { status, history = new[] { new { status, at = DateTimeOffset.UtcNow } } });
                }
            },
            Cancellation);

        var orders = (await server.RunAsync(Schedule.Create(new(0, 0, 50), seed: 1), enough.Task, Cancellation)).Orders;

        Assert.Equal((1, 0), (orders.Stuck, orders.Unknown));
        Assert.Equal((orders.Accepted - 1, orders.Accepted - 1), (orders.ByStatus["Confirmed"], orders.Unheard));
    }

    [Fact]
    public async Task A_generator_that_is_held_up_says_that_it_fell_behind()
    {
        var enough = new TaskCompletionSource();
        await using var server = await LoadServer.StartAsync(_ => Task.CompletedTask, Cancellation);

        var report = await server.RunAsync(HeldUp(), enough.Task, Cancellation);

        Assert.Contains("fell behind its own schedule", report.Behind);

        IEnumerable<Arrival> HeldUp()
        {
            for (var i = 0; i < 10; i++)
            {
                yield return new(i / 100.0, Operations.Browse, i);
                Thread.Sleep(100);
            }

            enough.SetResult();
        }
    }

    [Fact]
    public async Task Cancelling_ends_a_run()
    {
        await using var server = await LoadServer.StartAsync(_ => Task.CompletedTask, Cancellation);
        using var client = new ShopClient(server.Uri, seed: 1);
        using var cancelled = new CancellationTokenSource();
        var run = new LoadRun(client, lookup: null, finals: null, Schedule.Create(new(10, 0, 0), seed: 1), cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.StopAsync(TimeSpan.Zero));
    }
}
