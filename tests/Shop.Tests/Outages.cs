using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Shop.Tests;

/// <summary>What customers meet while a server is away for half a minute, and what is there after that.</summary>
public sealed class Outages(ShopFixture shop) : ShopTest(shop)
{
    private static readonly TimeSpan s_outage = TimeSpan.FromSeconds(30), s_answerLimit = TimeSpan.FromSeconds(15), s_returnLimit = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Orders_are_accepted_without_the_broker_and_finished_when_it_is_back()
    {
        var accepted = new List<Guid>();
        await DuringOutageAsync("broker", async () => accepted.Add((await Gateway.PlaceAsync(ShopApi.OrderOf((13, 1)), Cancelled)).Id));

        Assert.True(accepted.Count > 10, $"Only {accepted.Count} orders in {s_outage.TotalSeconds:0} s.");
        foreach (var id in accepted)
        {
            Assert.Equal("Confirmed", (await Gateway.WaitForOutcomeAsync(id, Cancelled)).Status);
        }
    }

    [Fact]
    public async Task Without_the_database_orders_are_refused_in_time_and_the_same_requests_are_accepted_when_it_is_back()
    {
        var before = await Gateway.PlaceAsync(ShopApi.OrderOf((14, 1)), Cancelled);
        var refused = new List<string>();
        await DuringOutageAsync("postgres", async () =>
        {
            var key = Guid.NewGuid().ToString("N");
            var asked = Stopwatch.GetTimestamp();
            using var answer = await Gateway.PostOrderAsync(ShopApi.OrderOf((14, 1)), key, Cancelled);
            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(Cancelled)}");
            Assert.StartsWith("urn:msa-aspire:problem:", (await answer.Content.ReadFromJsonAsync<Problem>(Cancelled))!.Type, StringComparison.Ordinal);
            Assert.True(Stopwatch.GetElapsedTime(asked) < s_answerLimit, $"The answer took {Stopwatch.GetElapsedTime(asked).TotalSeconds:0.0} s.");
            refused.Add(key);
        });

        Assert.NotEmpty(refused);
        foreach (var key in refused)
        {
            // Not 200: the refused request has stored nothing.
            using var repeated = await RepeatAsync(key);
            Assert.Equal(HttpStatusCode.Accepted, repeated.StatusCode);
            var order = (await repeated.Content.ReadFromJsonAsync<Order>(Cancelled))!;
            Assert.Equal("Confirmed", (await Gateway.WaitForOutcomeAsync(order.Id, Cancelled)).Status);
        }

        Assert.Equal("Confirmed", (await Gateway.WaitForOutcomeAsync(before.Id, Cancelled)).Status);
    }

    /// <summary>Kills a server, has a customer come again and again for the time of the outage, and starts it again.</summary>
    private async Task DuringOutageAsync(string server, Func<Task> customerAsync)
    {
        using (var process = Process.GetProcessById(Shop.ProcessId($"{server}-process")))
        {
            process.Kill();
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(s_outage + s_returnLimit);
        await Shop.App.ResourceNotifications.WaitForResourceAsync(server, e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text), limit.Token);
        try
        {
            using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < s_outage;)
            {
                await customerAsync();
                await pause.WaitForNextTickAsync(Cancelled);
            }
        }
        finally
        {
            // Also when the customer was not content: the shop is shared by other tests.
            var started = await Shop.App.ResourceCommands.ExecuteCommandAsync(Shop.Instances(server).Single().ResourceId, KnownResourceCommands.StartCommand, limit.Token);
            Assert.True(started.Success, started.Message);
            await Shop.WaitUntilHealthyAsync(limit.Token);
        }
    }

    /// <summary>Sends the request again until it is not refused for want of the server.</summary>
    private async Task<HttpResponseMessage> RepeatAsync(string key)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(s_returnLimit);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        while (true)
        {
            var answer = await Gateway.PostOrderAsync(ShopApi.OrderOf((14, 1)), key, limit.Token);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return answer;
            }

            answer.Dispose();
            await pause.WaitForNextTickAsync(limit.Token);
        }
    }
}
