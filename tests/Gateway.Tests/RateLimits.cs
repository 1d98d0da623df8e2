using System.Net;
using Xunit;

namespace Gateway.Tests;

public sealed class RateLimits : GatewayTest
{
    protected override (string Key, string Value)[] Settings =>
        [("Gateway:RateLimit:PermitsPerSecond", "1"), ("Gateway:RateLimit:Burst", "5")];

    [Fact]
    public async Task Who_sends_too_many_requests_is_told_when_to_go_on()
    {
        using var refused = await UntilRefusedAsync("203.0.113.1");

        var problem = await refused.ProblemAsync(429);
        Assert.Equal("urn:msa-aspire:problem:too-many-requests", problem.GetProperty("type").GetString());
        Assert.InRange(int.Parse(refused.Header("Retry-After")), 1, 5);
        Assert.InRange(Destination.Seen.Count, 5, 20);
    }

    [Fact]
    public async Task After_the_wait_requests_are_served_again()
    {
        using var refused = await UntilRefusedAsync("203.0.113.2");

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(10));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await poll.WaitForNextTickAsync(limit.Token))
        {
            using var response = await FromAsync("203.0.113.2");
            if (response.IsSuccessStatusCode)
                return;
        }
    }

    [Fact]
    public async Task One_client_too_many_does_not_hinder_another()
    {
        using var refused = await UntilRefusedAsync("203.0.113.3");
        using var other = await FromAsync("203.0.113.4");

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task A_client_does_not_get_more_by_its_many_IPv6_addresses()
    {
        for (var i = 1; i <= 20; i++)
        {
            using var response = await FromAsync($"2001:db8:7:7::{i:x}");
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                return;
        }

        Assert.Fail("20 addresses of one /64 got an answer each.");
    }

    [Fact]
    public async Task Requests_from_this_machine_are_limited_too_because_a_sidecar_sends_all_clients_from_there()
    {
        var statuses = await StatusesFromThisMachineAsync(Gateway);

        Assert.Contains(HttpStatusCode.OK, statuses);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
    }

    [Fact]
    public async Task Requests_from_this_machine_are_not_limited_where_it_is_configured()
    {
        await using var gateway = await TestGateway.InFrontOfAsync(Destination, [.. Settings, ("Gateway:RateLimit:ExemptLoopback", "true")]);

        Assert.All(await StatusesFromThisMachineAsync(gateway), status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Fact]
    public async Task Probes_are_not_limited()
    {
        using var refused = await UntilRefusedAsync("203.0.113.5");
        using var probe = await GetAsync("/health", ("X-Forwarded-For", "203.0.113.5"));

        Assert.Equal(HttpStatusCode.OK, probe.StatusCode);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    public async Task A_limit_that_cannot_be_one_stops_the_start_and_says_what_it_should_be(string permits)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestGateway.InFrontOfAsync(Destination, ("Gateway:RateLimit:PermitsPerSecond", permits)));

        Assert.Contains("Gateway:RateLimit:PermitsPerSecond", error.Message, StringComparison.Ordinal);
    }

    private static async Task<List<HttpStatusCode>> StatusesFromThisMachineAsync(TestGateway gateway)
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 20; i++)
        {
            using var response = await gateway.Client.GetAsync("/api/things", Cancelled);
            statuses.Add(response.StatusCode);
        }

        return statuses;
    }

    private Task<HttpResponseMessage> FromAsync(string client) => GetAsync("/api/things", ("X-Forwarded-For", client));

    private async Task<HttpResponseMessage> UntilRefusedAsync(string client)
    {
        for (var i = 0; i < 20; i++)
        {
            var response = await FromAsync(client);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
                return response;
            response.Dispose();
        }

        throw new InvalidOperationException("20 requests at once were all answered.");
    }
}
