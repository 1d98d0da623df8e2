using Microsoft.OpenApi;
using Xunit;

namespace Shop.Tests;

/// <summary>What the shop says of its API, read as a client's developer reads it: through the gateway.</summary>
public sealed class ApiDocs(ShopFixture shop) : ShopTest(shop)
{
    public static TheoryData<string, string[]> Documents => new()
    {
        { "catalog", ["GET /api/products", "GET /api/products/{id}"] },
        { "inventory", ["GET /api/stock/{productId}"] },
        { "ordering", ["GET /api/orders/{id}", "POST /api/orders"] },
        { "notifications", ["GET /api/orders/{id}/events"] },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task The_document_of_a_service_is_valid_and_names_each_of_its_routes(string service, string[] routes)
    {
        var document = await ReadAsync(service);

        Assert.Equal(routes.Order(StringComparer.Ordinal), Operations(document).Select(o => $"{o.Method} {o.Path}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task Every_operation_says_what_it_does_and_what_each_answer_means(string service, string[] routes)
    {
        var operations = Operations(await ReadAsync(service)).ToList();

        Assert.Equal(routes.Length, operations.Count);
        Assert.All(operations, o =>
        {
            Assert.NotEmpty(o.Operation.Summary ?? "");
            Assert.NotEmpty(o.Operation.OperationId ?? "");
            Assert.All(o.Operation.Parameters ?? [], p => Assert.False(string.IsNullOrEmpty(p.Description), $"{o.Path}: {p.Name} is not explained"));
            // A sentence, where the framework alone would say "OK".
            Assert.All(o.Operation.Responses!, r => Assert.EndsWith(".", r.Value.Description, StringComparison.Ordinal));
            // What went wrong is said in one form; the gateway's own errors are among "default".
            Assert.All(o.Operation.Responses!.Where(r => r.Key is "default" or ['4' or '5', ..]),
                r => Assert.Equal(["application/problem+json"], r.Value.Content!.Keys));
            Assert.Contains("default", o.Operation.Responses!.Keys);
        });
    }

    [Fact]
    public async Task Placing_an_order_asks_for_a_key_shows_a_body_and_names_its_problems()
    {
        var place = Operations(await ReadAsync("ordering")).Single(o => o.Method == "POST").Operation;

        var key = Assert.Single(place.Parameters!);
        Assert.Equal(("Idempotency-Key", ParameterLocation.Header, true), (key.Name, key.In, key.Required));
        Assert.Equal((1, 64, null), (key.Schema!.MinLength, key.Schema.MaxLength, key.Schema.Default));
        Assert.Equal(["200", "202", "400", "422", "503", "default"], place.Responses!.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("idempotency-key-reused", place.Responses["422"].Description, StringComparison.Ordinal);

        // The example is an order that the shop takes.
        var example = Assert.Single(place.RequestBody!.Content!).Value.Example!;
        using var response = await Gateway.PostOrderAsync(example.ToJsonString(), Guid.NewGuid().ToString("N"), Cancelled);
        Assert.Equal(202, (int)response.StatusCode);
    }

    [Fact]
    public async Task One_page_lists_them_all()
    {
        var page = await Gateway.GetStringAsync("/docs/", Cancelled);

        Assert.All(Documents, d => Assert.Contains($"openapi/{d.Data.Item1}/v1.json", page, StringComparison.Ordinal));
    }

    private static IEnumerable<(string Method, string Path, OpenApiOperation Operation)> Operations(OpenApiDocument document) =>
        document.Paths.SelectMany(path => path.Value.Operations!.Select(o => (o.Key.Method, path.Key, o.Value)));

    private async Task<OpenApiDocument> ReadAsync(string service)
    {
        var (document, diagnostic) = OpenApiDocument.Parse(await Gateway.GetStringAsync($"/openapi/{service}/v1.json", Cancelled), OpenApiConstants.Json);
        Assert.Empty(diagnostic!.Errors.Concat(diagnostic.Warnings).Select(e => $"{e.Pointer}: {e.Message}"));
        return document!;
    }
}
