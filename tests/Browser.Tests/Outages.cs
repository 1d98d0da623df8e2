using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using MsaAspire.ServiceDefaults;
using MsaAspire.Web;
using Xunit;

namespace Browser.Tests;

/// <summary>The storefront alone: nothing answers behind it.</summary>
public sealed class Outages : IAsyncLifetime
{
    // Port 1 is no one's: connections are refused at once.
    private readonly WebApplication _web = Create("http://127.0.0.1:1");
    private readonly HttpClient _client = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _web.StartAsync(Cancelled);
        _client.BaseAddress = new Uri(_web.Urls.First());
    }

    [Theory]
    [InlineData("/", "en", "We cannot reach the stock room.")]
    [InlineData("/products/1", "ko", "창고와 연락이 닿지 않습니다.")]
    [InlineData("/orders/00000000-0000-0000-0000-000000000001", "en", "We cannot reach the stock room.")]
    public async Task A_page_whose_service_does_not_answer_says_so_with_503(string path, string language, string words)
    {
        _client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);

        using var response = await _client.GetAsync(path, Cancelled);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains(words, await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_makes_no_sense_is_a_page_too_and_not_a_stack_trace()
    {
        await using var senseless = WebApplication.CreateSlimBuilder().Build();
        senseless.Urls.Add("http://127.0.0.1:0");
        senseless.MapGet("/{**path}", () => "{");
        await senseless.StartAsync(Cancelled);
        await using var web = Create(senseless.Urls.First());
        await web.StartAsync(Cancelled);

        using var response = await _client.GetAsync(new Uri(new Uri(web.Urls.First()), "/products/1"), Cancelled);

        Assert.Equal((HttpStatusCode.InternalServerError, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("Something broke on our side.", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/cart")]
    [InlineData("/checkout")]
    [InlineData("/orders")]
    [InlineData("/health")]
    public async Task What_needs_no_other_service_is_there(string path)
    {
        using var response = await _client.GetAsync(path, Cancelled);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task An_asset_is_kept_for_a_year_under_its_fingerprint_and_asked_for_again_under_any_other()
    {
        var page = await _client.GetStringAsync("/cart", Cancelled);
        var address = page.Split('"').Single(part => part.EndsWith("/base.css", StringComparison.Ordinal));

        using var asset = await _client.GetAsync(address, Cancelled);
        using var old = await _client.GetAsync("/assets/another/base.css", Cancelled);
        using var unchanged = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { IfNoneMatch = { asset.Headers.ETag! } } };
        using var answer = await _client.SendAsync(unchanged, Cancelled);

        Assert.Equal("public, max-age=31536000, immutable", asset.Headers.CacheControl?.ToString());
        Assert.Equal("no-cache", old.Headers.CacheControl?.ToString());
        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _web.DisposeAsync();
    }

    /// <summary>The storefront with this behind it in place of every service.</summary>
    internal static WebApplication Create(string backend)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        foreach (var service in (string[])["catalog", "inventory", "ordering"])
            builder.Configuration[$"services:{service}:http:0"] = backend;
        builder.AddServiceDefaults();
        builder.AddWeb();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapWeb();
        return app;
    }
}
