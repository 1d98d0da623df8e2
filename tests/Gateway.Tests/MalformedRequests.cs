using Xunit;

namespace Gateway.Tests;

/// <summary>Requests that no library would send, byte by byte.</summary>
public sealed class MalformedRequests : GatewayTest
{
    private const string Host = "Host: shop\r\n", Get = "GET /api/things HTTP/1.1\r\n", Post = "POST /api/things HTTP/1.1\r\n";

    public static TheoryData<string, string> Requests => new()
    {
        { "a parent folder", Line("/api/things/../../internal/prices") },
        { "an encoded parent folder", Line("/api/things/%2e%2E/%2e%2e/internal/prices") },
        { "a parent folder that is encoded twice", Line("/api/things/%252e%252e/%252e%252e/internal/prices") },
        { "an encoded slash", Line("/api/things/..%2F..%2Finternal/prices") },
        { "a backslash", Line("/api/things/..\\..\\internal/prices") },
        { "an encoded backslash", Line("/api/things/..%5c..%5cinternal/prices") },
        { "an empty folder", Line("//api/things") },
        { "an end of text", Line("/api/things/%00") },
        { "a whole address of another host", Line("http://elsewhere/api/things") },
        { "a proxy's method", "CONNECT shop:443 HTTP/1.1\r\nHost: shop:443\r\n\r\n" },
        { "an echo of credentials", $"TRACE /api/things HTTP/1.1\r\n{Host}\r\n" },
        { "a length and chunks", $"{Post}{Host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" },
        { "two lengths", $"{Post}{Host}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!" },
        { "a list of lengths", $"{Post}{Host}Content-Length: 5, 6\r\n\r\nhello!" },
        { "a length below nothing", $"{Post}{Host}Content-Length: -5\r\n\r\nhello" },
        { "a coding that is not known", $"{Post}{Host}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" },
        { "a blank before the colon", $"{Post}{Host}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" },
        { "a header on two lines", $"{Get}{Host}X-Header: a\r\n b\r\n\r\n" },
        { "a header with a bare carriage return", $"{Get}{Host}X-Header: a\rTransfer-Encoding: chunked\r\n\r\n" },
        { "a header with an end of text", $"{Get}{Host}X-Header: a\0b\r\n\r\n" },
        { "no host", $"{Get}\r\n" },
        { "two hosts", $"{Get}{Host}Host: elsewhere\r\n\r\n" },
        { "a host with a path", $"{Get}Host: shop/elsewhere\r\n\r\n" },
        { "a version that is not known", $"GET /api/things HTTP/1.9\r\n{Host}\r\n" },
        { "no method", $" /api/things HTTP/1.1\r\n{Host}\r\n" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task What_can_be_read_in_two_ways_is_refused_closes_the_connection_and_reaches_no_service(string what, string request)
    {
        var answer = await SendAsync(request);

        Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal), $"{what}: {answer}");
        Assert.Empty(Destination.Seen);
    }

    [Fact]
    public async Task A_length_with_a_sign_reaches_the_service_as_a_plain_number()
    {
        var answer = await SendAsync($"{Post}{Host}Connection: close\r\nContent-Length: +5\r\n\r\nhello");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("\"Content-Length\":\"5\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_whose_chunks_cannot_be_read_is_refused_and_the_service_never_sees_its_end()
    {
        var answer = await SendAsync($"{Post}{Host}Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Equal(0, Destination.Answered);
    }

    [Fact]
    public async Task A_request_hidden_in_the_body_of_another_is_not_answered()
    {
        var hidden = "GET /api/things/hidden HTTP/1.1\r\nHost: shop\r\n\r\n";
        var answer = await SendAsync($"{Post}{Host}Content-Length: {hidden.Length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{hidden}");

        Assert.Single(answer.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(Destination.Seen);
    }

    [Theory]
    [InlineData("/api/things/%ED%95%9C%EA%B8%80")]
    [InlineData("/api/things/a.b..c~d")]
    [InlineData("/api/things?path=..%2F..%2fx&slashes=//")]
    public async Task What_only_looks_odd_is_passed_on(string path)
    {
        Assert.StartsWith("HTTP/1.1 200", await SendAsync($"GET {path} HTTP/1.1\r\n{Host}Connection: close\r\n\r\n"), StringComparison.Ordinal);
        Assert.Single(Destination.Seen);
    }

    private static string Line(string path) => $"GET {path} HTTP/1.1\r\n{Host}\r\n";

    private Task<string> SendAsync(string request) => Client.SendRawAsync(request);
}
