using System.Net;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests;

public sealed class Routes : IAsyncLifetime
{
    private TestServer _orders = null!, _events = null!, _web = null!;
    private TestGateway _gateway = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _orders = await TestServer.StartAsync(context => context.Response.WriteAsync("orders", Cancelled));
        _events = await TestServer.StartAsync(context => context.Response.WriteAsync("events", Cancelled));
        _web = await TestServer.StartAsync(context => context.Response.WriteAsync("web", Cancelled));
        _gateway = await TestGateway.StartAsync(
            [("/", "web"), ("/api/orders", "orders"), ("/api/orders/{id}/events", "events")],
            ("services:orders:http:0", _orders.Url), ("services:events:http:0", _events.Url), ("services:web:http:0", _web.Url));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _orders.DisposeAsync();
        await _events.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Theory]
    [InlineData("/", "web")]
    [InlineData("/products/7?lang=ko", "web")]
    [InlineData("/api/orders", "orders")]
    [InlineData("/api/orders/7", "orders")]
    [InlineData("/api/orders/7/history", "orders")]
    [InlineData("/api/orders/7/events", "events")]
    public async Task The_more_specific_path_wins(string path, string service) =>
        Assert.Equal(service, await _gateway.Client.GetStringAsync(path, Cancelled));

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/nothing")]
    public async Task What_no_service_has_below_api_is_not_found_and_never_the_storefront(string path)
    {
        using var response = await _gateway.Client.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Empty(_web.Seen);
    }
}
