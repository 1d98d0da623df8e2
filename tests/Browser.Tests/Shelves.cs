using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests;

public sealed class Shelves(StorefrontShop shop, BrowserFixture browser) : StorefrontTest(shop, browser)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_search_finds_by_name_with_and_without_JavaScript(bool script)
    {
        var page = await OpenAsync("/", options => options.JavaScriptEnabled = script);

        await page.GetByRole(AriaRole.Searchbox).FillAsync("KNIFE");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("“KNIFE”");
        await Expect(page.Locator(".item h2")).ToHaveTextAsync(["Chef's Knife 20 cm", "Paring Knife 9 cm", "Bread Knife 24 cm"]);
        await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("KNIFE");
    }

    [Fact]
    public async Task A_search_without_result_says_what_to_try()
    {
        var page = await OpenAsync("/?search=%3Cb%3Ezeppelin");

        await Expect(page.GetByText("Nothing on the shelves matches “<b>zeppelin”.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Show everything" }).ClickAsync();
        await Expect(page.Locator(".item")).ToHaveCountAsync(12);
    }

    [Fact]
    public async Task Without_JavaScript_one_can_leaf_through_and_look_at_a_product()
    {
        var page = await OpenAsync("/", options => options.JavaScriptEnabled = false);

        for (var number = 2; number <= 4; number++)
        {
            await page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
            await Expect(page.Locator("nav [aria-current=page]").Last).ToHaveTextAsync($"{number}");
            await Expect(page.Locator(".item")).ToHaveCountAsync(12);
        }

        await page.GetByRole(AriaRole.Link, new() { Name = "Celadon Moon Jar" }).ClickAsync();
        await Expect(page.Locator(".product .price")).ToContainTextAsync("€680.00");
        await Expect(page.Locator(".stock")).ToContainTextAsync("left");
        // Playwright's locators never look into noscript.
        Assert.Contains("needs JavaScript", await page.InnerTextAsync("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_JavaScript_an_order_shows_how_it_stands()
    {
        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((48, 1)), Cancelled);
        await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled);

        var page = await OpenAsync($"/orders/{placed.Id}", options => options.JavaScriptEnabled = false);

        await page.SeesAsync("Rejected");
        await Expect(page.GetByText("Thank you, Ada Lovelace.")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/nowhere", "This page does not exist.")]
    [InlineData("/?page=99", "This page does not exist.")]
    [InlineData("/products/999999", "We do not sell this.")]
    [InlineData("/orders/00000000-0000-0000-0000-000000000000", "There is no such order.")]
    public async Task What_does_not_exist_is_said_in_plain_words(string path, string words)
    {
        ComplaintsAreExpected = true;

        var page = await OpenAsync(path);

        await page.SeesAsync(words);
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to the shelves" }).ClickAsync();
        await Expect(page.Locator(".item")).ToHaveCountAsync(12);
    }
}
