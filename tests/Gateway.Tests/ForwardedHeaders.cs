using Xunit;

namespace Gateway.Tests;

public sealed class ForwardedHeaders : GatewayTest
{
    private static readonly (string, string)[] s_claims =
        [("X-Forwarded-For", "203.0.113.66"), ("X-Forwarded-Proto", "https"), ("Forwarded", "for=203.0.113.66")];

    [Fact]
    public async Task A_known_proxy_is_believed()
    {
        using var response = await GetAsync("/api/things", s_claims);

        var headers = await response.HeadersAsync();
        Assert.Equal("203.0.113.66", headers["X-Forwarded-For"]);
        Assert.Equal("https", headers["X-Forwarded-Proto"]);
        Assert.False(headers.ContainsKey("Forwarded"));
    }

    [Fact]
    public async Task A_stranger_is_not_believed_and_the_service_hears_nothing_of_what_he_says()
    {
        await using var gateway = await TestGateway.InFrontOfAsync(Destination, ("Gateway:KnownProxies", "10.0.0.0/8, 192.0.2.7"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/things");
        foreach (var (name, value) in s_claims)
            request.Headers.TryAddWithoutValidation(name, value);

        using var response = await gateway.Client.SendAsync(request, Cancelled);

        var headers = await response.HeadersAsync();
        Assert.Contains("127.0.0.1", headers["X-Forwarded-For"], StringComparison.Ordinal);
        Assert.Equal("http", headers["X-Forwarded-Proto"]);
        Assert.DoesNotContain(headers.Values, v => v.Contains("203.0.113.66", StringComparison.Ordinal));
        Assert.False(response.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task The_client_is_the_last_address_before_the_known_proxies_whatever_it_wrote_before()
    {
        await using var gateway = await TestGateway.InFrontOfAsync(Destination, ("Gateway:KnownProxies", "127.0.0.1,10.0.0.0/8"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/things") { Headers = { { "X-Forwarded-For", "198.51.100.1, 203.0.113.66, 10.1.2.3" } } };

        using var response = await gateway.Client.SendAsync(request, Cancelled);

        Assert.Equal("203.0.113.66", (await response.HeadersAsync())["X-Forwarded-For"]);
    }

    [Fact]
    public async Task A_service_is_addressed_as_it_was_discovered_and_hears_the_client_s_host_as_forwarded()
    {
        using var response = await GetAsync("/api/things", ("Host", "shop.example"));

        var headers = await response.HeadersAsync();
        Assert.Equal(new Uri(Destination.Url).Authority, headers["Host"]);
        Assert.Equal("shop.example", headers["X-Forwarded-Host"]);
    }

    [Fact]
    public async Task A_proxy_that_cannot_be_one_stops_the_start_and_says_how_to_write_it()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => TestGateway.InFrontOfAsync(Destination, ("Gateway:KnownProxies", "ingress")));

        Assert.Contains("10.0.0.0/8", error.Message, StringComparison.Ordinal);
    }
}
