using System.Net;
using System.Net.Http.Json;
using Xunit;

namespace Shop.Tests;

public sealed class Browsing(ShopFixture shop) : ShopTest(shop)
{
    [Fact]
    public async Task The_catalogue_has_forty_products_or_more_with_prices()
    {
        var page = await Gateway.GetFromJsonAsync<ProductPage>("/api/products", Cancelled);

        Assert.True(page!.Total >= 40);
        Assert.Equal((1, 20, 20), (page.Page, page.PageSize, page.Items.Count));
        Assert.All(page.Items, p => Assert.True(p.Price > 0 && p.Name.Length > 0 && p.Currency.Length == 3));
    }

    [Fact]
    public async Task Pages_together_show_each_product_once()
    {
        var seen = new List<int>();
        for (var number = 1; ; number++)
        {
            var page = await Gateway.GetFromJsonAsync<ProductPage>($"/api/products?page={number}&pageSize=7", Cancelled);
            if (page!.Items.Count == 0)
            {
                Assert.Equal(page.Total, seen.Count);
                break;
            }

            seen.AddRange(page.Items.Select(p => p.Id));
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task A_search_finds_products_by_a_part_of_their_name_whatever_its_case()
    {
        var any = (await Gateway.GetFromJsonAsync<ProductPage>("/api/products", Cancelled))!.Items[0];

        var found = await Gateway.GetFromJsonAsync<ProductPage>($"/api/products?search={Uri.EscapeDataString(any.Name.ToUpperInvariant())}", Cancelled);

        Assert.Contains(found!.Items, p => p.Id == any.Id);
    }

    [Fact]
    public async Task An_unknown_product_is_not_found()
    {
        using var response = await Gateway.GetAsync("/api/products/999999", Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
