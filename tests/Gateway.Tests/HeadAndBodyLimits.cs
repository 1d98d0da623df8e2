using System.Net;
using System.Text;
using Xunit;

namespace Gateway.Tests;

public sealed class HeadAndBodyLimits : GatewayTest
{
    [Fact]
    public async Task Too_many_headers_are_refused_with_431()
    {
        using var response = await GetAsync("/api/things", [.. Enumerable.Range(0, 70).Select(i => ($"X-Header-{i}", "1"))]);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
        Assert.Empty(Destination.Seen);
    }

    [Fact]
    public async Task Headers_that_are_too_large_together_are_refused_with_431()
    {
        using var response = await GetAsync("/api/things", [.. Enumerable.Range(0, 10).Select(i => ($"X-Header-{i}", new string('x', 2000)))]);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
        Assert.Empty(Destination.Seen);
    }

    [Fact]
    public async Task An_address_that_is_too_long_is_refused_with_414()
    {
        using var response = await GetAsync("/api/things?q=" + new string('x', 5000));

        Assert.Equal(HttpStatusCode.RequestUriTooLong, response.StatusCode);
        Assert.Empty(Destination.Seen);
    }

    [Fact]
    public async Task What_passes_the_gateway_is_under_the_limits_of_the_services()
    {
        using var response = await GetAsync("/api/things", [.. Enumerable.Range(0, 50).Select(i => ($"X-Header-{i}", new string('x', 250)))]);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_over_64_KB_is_refused_with_413_whether_its_length_is_announced_or_not(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/things") { Content = new StringContent(new string('x', 65 * 1024), Encoding.UTF8) };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await Client.SendAsync(request, Cancelled);

        await response.ProblemAsync(413);
    }
}
