using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests;

/// <summary>What every service answers to a request that the framework cannot read: it is the client's error, never a 500.</summary>
public sealed class UnreadableRequests : IAsyncLifetime
{
    private TestService _service = null!;

    public static TheoryData<string, string, int> ContentTypes => new()
    {
        { "/json", "application/json; charset=bogus", 415 },
        { "/json", "application/json; charset=utf-7", 415 },
        { "/json", "application/json; charset=", 415 },
        { "/json", "application/json; charset=\"utf-8", 415 },
        { "/json", "application/vnd.shop+json; charset=bogus", 415 },
        { "/json", "application/json;;", 415 },
        { "/json", "application", 415 },
        { "/json", "text/plain", 415 },
        { "/json", "multipart/form-data", 415 },
        { "/json", "application/json; charset=utf-16", 400 },
        { "/form", "application/x-www-form-urlencoded; charset=utf-7", 415 },
        { "/form", "multipart/form-data", 400 },
        { "/form", "multipart/form-data; boundary=x", 400 },
        { "/form", "application/json", 415 },
        { "/read-form", "application/x-www-form-urlencoded; charset=utf-7", 415 },
        { "/read-form", "multipart/form-data; boundary=x", 400 },
        { "/read-form", "multipart/form-data; boundary=" + new string('x', 300), 400 },
        { "/read-form", "text/plain", 415 },
        { "/read-json", "application/json; charset=bogus", 415 },
        { "/read-json", "text/plain", 415 },
        { "/read-json", "application", 415 },
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await TestService.StartAsync(app =>
    {
        app.MapPost("/json", (Thing thing) => thing.Name);
        app.MapPost("/form", (IFormCollection form) => form.Count).DisableAntiforgery();
        app.MapPost("/read-form", async (HttpContext context) => (await context.Request.ReadFormAsync(Cancelled)).Count);
        app.MapPost("/read-json", async (HttpContext context) => (await context.Request.ReadFromJsonAsync<Thing>(Cancelled))!.Name);
        app.MapPost("/own", string (HttpContext context) => throw new InvalidOperationException($"The service's own fault, of {context.Request.Path}."));
        app.MapPost("/data", string (Thing thing) => throw new InvalidDataException($"What the service read elsewhere, for {thing.Name}."));
    });

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    [Theory]
    [MemberData(nameof(ContentTypes))]
    public async Task A_body_that_is_not_what_its_type_says_or_of_an_unknown_type_is_refused(string path, string contentType, int status)
    {
        using var response = await PostAsync(path, "{ \"name\": \"a\" }", contentType);

        await response.ProblemAsync(status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("bogus")]
    public async Task A_body_that_is_encoded_and_not_readable_is_refused(string encoding)
    {
        using var response = await PostAsync("/json", "\u001f\u008b\u0008\0\0garbage", "application/json", encoding);

        await response.ProblemAsync(400);
    }

    [Theory]
    [InlineData("/own", "application/json")]
    [InlineData("/data", "application/json; charset=utf-8")]
    public async Task A_fault_of_the_service_is_not_taken_for_the_client_s(string path, string contentType)
    {
        using var response = await PostAsync(path, "{ \"name\": \"a\" }", contentType);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task A_cookie_of_another_application_on_this_host_does_not_matter_whatever_its_bytes_are()
    {
        var answer = await _service.Client.SendRawAsync("GET /alive HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nCookie: name=Jos\u00e9\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body, string contentType, params string[] encodings)
    {
        using var content = new ByteArrayContent(Encoding.Latin1.GetBytes(body));
        Assert.True(content.Headers.TryAddWithoutValidation("Content-Type", contentType));
        foreach (var encoding in encodings)
            content.Headers.ContentEncoding.Add(encoding);
        return await _service.Client.PostAsync(path, content, Cancelled);
    }

    private sealed record Thing(string? Name);
}
