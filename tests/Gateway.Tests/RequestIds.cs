using Xunit;

namespace Gateway.Tests;

public sealed class RequestIds : GatewayTest
{
    private const string Header = "X-Request-Id";

    [Fact]
    public async Task A_request_without_an_id_gets_one_and_the_service_and_the_client_see_the_same()
    {
        using var first = await GetAsync("/api/things");
        using var second = await GetAsync("/api/things");

        Assert.Equal(first.Header(Header), (await first.HeadersAsync())[Header]);
        Assert.NotEqual(first.Header(Header), second.Header(Header));
    }

    [Fact]
    public async Task An_id_that_the_client_chose_is_kept()
    {
        using var response = await GetAsync("/api/things", (Header, "checkout_7.2-b"));

        Assert.Equal("checkout_7.2-b", response.Header(Header));
        Assert.Equal("checkout_7.2-b", (await response.HeadersAsync())[Header]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("with blank")]
    [InlineData("<script>")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task An_id_that_could_be_meant_for_who_reads_the_logs_is_replaced(string id)
    {
        using var response = await GetAsync("/api/things", (Header, id));

        Assert.NotEqual(id, response.Header(Header));
        Assert.Equal(response.Header(Header), (await response.HeadersAsync())[Header]);
    }
}
