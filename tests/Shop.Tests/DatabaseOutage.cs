using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Xunit;

namespace Shop.Tests;

public class DatabaseOutage(ShopFixture shop) : OutageTest(shop)
{
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(15);

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

    /// <summary>Sends the request again until it is not refused for want of the server.</summary>
    private async Task<HttpResponseMessage> RepeatAsync(string key)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(ReturnLimit);
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
