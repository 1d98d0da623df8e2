using System.Net.Http.Json;
using Xunit;

namespace Shop.Tests;

public sealed class BadInput(ShopFixture shop) : ShopTest(shop)
{
    public static TheoryData<string, string?, string, int> Orders => new()
    {
        { "no key", null, Body(), 400 },
        { "a key of 65 characters", new string('k', 65), Body(), 400 },
        { "no items", "key", Body(items: "[]"), 400 },
        { "quantity 0", "key", Body(items: """[{"productId":1,"quantity":0}]"""), 400 },
        { "quantity 1001", "key", Body(items: """[{"productId":1,"quantity":1001}]"""), 400 },
        { "an unknown product", "key", Body(items: """[{"productId":999999,"quantity":1}]"""), 422 },
        { "no customer", "key", Body(customer: ""), 400 },
        { "broken JSON", "key", """{"customer":"Ada","items":[""", 400 },
        { "a body over 64 KB", "key", Body(customer: new string('a', 70_000)), 413 },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task An_order_that_cannot_be_one_is_refused_with_problem_details(string what, string? key, string body, int status)
    {
        using var response = await Gateway.PostOrderAsync(body, key is "key" ? Guid.NewGuid().ToString("N") : key, Cancelled);

        var text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True((int)response.StatusCode == status, $"{what}: {(int)response.StatusCode} {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<Problem>(Cancelled);
        Assert.Equal(status, problem!.Status);
        Assert.False(string.IsNullOrEmpty(problem.Type) || problem.Type == "about:blank", $"{what} has no type of its own: {text}");
    }

    [Theory]
    [InlineData("/api/products?page=0")]
    [InlineData("/api/products?pageSize=100000")]
    [InlineData("/api/products?page=x")]
    public async Task A_page_that_cannot_be_one_is_refused(string path)
    {
        using var response = await Gateway.GetAsync(path, Cancelled);

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    private static string Body(string customer = "Ada", string items = """[{"productId":1,"quantity":1}]""") =>
        $$$"""{"customer":"{{{customer}}}","items":{{{items}}},"payment":{"token":"tok_ok"}}""";
}
