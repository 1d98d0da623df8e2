using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests;

public sealed class SecurityHeaders : GatewayTest
{
    private static readonly string[] s_names =
        ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Request-Id"];

    [Theory]
    [InlineData("/api/things", 200)]
    [InlineData("/api/things/missing", 404)]
    [InlineData("/api/things/throws", 500)]
    [InlineData("/api/nothing", 404)]
    [InlineData("/nothing", 404)]
    [InlineData("/health", 200)]
    [InlineData("/api/things/%2e%2e/x", 400)]
    public async Task Every_answer_makes_browsers_strict(string path, int status)
    {
        using var response = await Client.GetAsync(new Uri(Client.BaseAddress + path[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), Cancelled);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.All(s_names, name => Assert.NotEmpty(response.Header(name)));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Fact]
    public async Task A_page_may_load_only_from_here_and_be_framed_by_no_one()
    {
        using var response = await GetAsync("/api/things");

        var policy = response.Header("Content-Security-Policy");
        Assert.All(["default-src 'self'", "img-src 'self' data:", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"],
            directive => Assert.Contains(directive, policy, StringComparison.Ordinal));
        Assert.Equal("nosniff", response.Header("X-Content-Type-Options"));
    }

    [Fact]
    public async Task What_a_service_says_of_itself_is_kept()
    {
        using var response = await GetAsync("/api/things/own-policy");

        Assert.Equal("default-src 'none'", response.Header("Content-Security-Policy"));
    }

    [Fact]
    public async Task Only_over_https_browsers_are_told_to_stay_with_it()
    {
        using var plain = await GetAsync("/api/things");
        using var secure = await GetAsync("/api/things", ("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"));

        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
        Assert.StartsWith("max-age=", secure.Header("Strict-Transport-Security"), StringComparison.Ordinal);
    }

    protected override Task AnswerAsync(HttpContext context)
    {
        switch (context.Request.Path.Value)
        {
            case "/api/things/missing":
                context.Response.StatusCode = 404;
                return Task.CompletedTask;
            case "/api/things/throws":
                throw new InvalidOperationException("as a service that has a bug");
            case "/api/things/own-policy":
                context.Response.Headers.ContentSecurityPolicy = "default-src 'none'";
                return Task.CompletedTask;
            default:
                return base.AnswerAsync(context);
        }
    }
}
