using System.Net;
using System.Net.Http.Json;
using Xunit;

namespace Shop.Tests;

/// <summary>What the gateway adds to the whole shop; its rules one by one are in Gateway.Tests.</summary>
public class Edge(ShopFixture shop) : ShopTest(shop)
{
    [Theory]
    [InlineData("/api/products", 200)]
    [InlineData("/api/products/999999", 404)]
    [InlineData("/api/nothing", 404)]
    [InlineData("/docs/", 200)]
    public async Task Every_answer_carries_an_id_and_makes_browsers_strict(string path, int status)
    {
        using var response = await Gateway.GetAsync(path, Cancelled);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotEmpty(Assert.Single(response.Headers.GetValues("X-Request-Id")));
        Assert.Contains("frame-ancestors 'none'", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_services_keep_for_each_other_cannot_be_reached_from_outside()
    {
        Uri[] ways =
        [
            new(Gateway.BaseAddress!, "/internal/prices?id=1"),
            new($"{Gateway.BaseAddress}api/products/%2e%2e/%2e%2e/internal/prices?id=1", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }),
            new($"{Gateway.BaseAddress}api/products/..%2f..%2finternal/prices?id=1", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }),
        ];
        foreach (var way in ways)
        {
            using var response = await Gateway.GetAsync(way, Cancelled);
            Assert.InRange((int)response.StatusCode, 400, 499);
        }
    }

    [Theory]
    [InlineData("GET", "/internal/prices?id=1")]
    [InlineData("GET", "/messaging/ordering/dead-letters")]
    [InlineData("POST", "/messaging/ordering/dead-letters/replay")]
    [InlineData("POST", "/api/orders/messaging/ordering/dead-letters/replay")]
    [InlineData("POST", "/faults/spin?seconds=0")]
    [InlineData("GET", "/openapi/payment/v1.json")]
    public async Task The_gateway_leads_nobody_to_what_those_who_run_the_shop_use(string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        using var response = await Gateway.SendAsync(request, Cancelled);
        Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed, $"{response.StatusCode}");
    }

    [Fact]
    public async Task One_client_is_limited_and_told_when_to_go_on()
    {
        // As a client behind a proxy on this machine: a request from this machine itself is not limited.
        var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(async _ =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/nothing") { Headers = { { "X-Forwarded-For", "203.0.113.77" } } };
            using var response = await Gateway.SendAsync(request, Cancelled);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.NotNull(response.Headers.RetryAfter?.Delta);
                Assert.EndsWith("too-many-requests", (await response.Content.ReadFromJsonAsync<Problem>(Cancelled))!.Type, StringComparison.Ordinal);
            }

            return response.StatusCode;
        }));

        Assert.Contains(HttpStatusCode.NotFound, answers);
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }
}
