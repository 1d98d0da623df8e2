using System.Text;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Gateway.Tests;

/// <summary>Header values outside ASCII. A cookie of any other application on this host comes along, whatever its bytes are.</summary>
public sealed class HeaderBytes : GatewayTest
{
    private static readonly string s_utf8 = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("장바구니"));

    private string? _arrived;

    public static TheoryData<string, string> Values => new()
    {
        { "Cookie", s_utf8 },
        { "Cookie", "name=Jos\u00e9; other=\u0080\u00ff" },
        { "X-Header", s_utf8 },
        { "X-Header", "Jos\u00e9" },
        { "User-Agent", s_utf8 },
        { "Referer", $"http://shop/{s_utf8}" },
        { "Content-Type", $"text/plain; name={s_utf8}" },
        { "Content-Disposition", "attachment; filename=Jos\u00e9" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task They_reach_the_service_and_come_back_byte_by_byte(string header, string value)
    {
        var answer = await Client.SendRawAsync($"POST /api/things HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n{header}: {value}\r\nContent-Length: 2\r\n\r\n{{}}");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Equal(value, _arrived);
        Assert.Contains($"\r\nX-Answer: {value}\r\n", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_do_not_take_the_service_away_from_others()
    {
        await using var other = await TestServer.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await TestGateway.InFrontOfAsync(Destination, ("services:things:http:1", other.Url));

        for (var i = 0; i < 20; i++)
            await gateway.Client.SendRawAsync($"GET /api/things HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nCookie: {s_utf8}\r\n\r\n");

        Assert.NotEmpty(Destination.Seen);
        Assert.NotEmpty(other.Seen);
        Assert.Equal(20, Destination.Seen.Count + other.Seen.Count);
    }

    [Fact]
    public async Task In_the_request_line_they_are_the_client_s_error()
    {
        var answer = await Client.SendRawAsync($"GET /api/things?search={s_utf8} HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    protected override Task AnswerAsync(HttpContext context)
    {
        _arrived = context.Request.Headers.First(h => h.Value.ToString().Any(c => c > 127)).Value;
        context.Response.Headers["X-Answer"] = _arrived;
        return Task.CompletedTask;
    }
}
