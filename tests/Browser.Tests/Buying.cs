using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests;

public sealed class Buying(StorefrontShop shop, BrowserFixture browser) : StorefrontTest(shop, browser)
{
    private const int Kettle = 1, SoldOut = 48;

    [Fact]
    public async Task From_the_search_to_Confirmed()
    {
        var page = await OpenAsync("/");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("kettle 0.9");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Gooseneck Kettle" }).ClickAsync();
        await page.GetByLabel("Quantity").FillAsync("2");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to cart" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Cart" }).ClickAsync();
        await Expect(page.Locator("#total")).ToHaveTextAsync("€178.00");
        await page.GetByRole(AriaRole.Link, new() { Name = "Go to checkout" }).ClickAsync();
        await page.GetByLabel("Your name").FillAsync("Ada Lovelace");
        await page.PressPlaceOrderAsync();

        await page.ArrivesAtItsOrderAsync();
        await page.SeesAsync("Confirmed");
        await Expect(page.Locator(".receipt .total")).ToContainTextAsync("€178.00");
    }

    [Fact]
    public async Task The_page_follows_the_order_without_a_reload_and_reads_it_out()
    {
        var page = await OpenAsync("/");
        await page.BuyAsync(Kettle, "The slow card");
        await page.EvaluateAsync("window.stillTheSamePage = true");

        await page.SeesAsync("Reserved");
        await page.SeesAsync("Confirmed");

        Assert.True(await page.EvaluateAsync<bool>("window.stillTheSamePage === true"));
        await Expect(page.Locator("#announcement")).ToContainTextAsync("Confirmed");
        await Expect(page.GetByText("This page follows the order by itself.")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_declined_card_cancels_the_order_and_the_page_says_why()
    {
        var page = await OpenAsync("/");

        await page.BuyAsync(Kettle, "The declined card");

        await page.SeesAsync("Cancelled");
        await Expect(page.Locator(".reason")).ToContainTextAsync("The card was declined. Order again with another card.");
    }

    [Fact]
    public async Task What_is_sold_out_is_rejected_and_named()
    {
        var page = await OpenAsync($"/products/{SoldOut}");
        await Expect(page.Locator(".stock")).ToHaveTextAsync("Sold out");

        await page.BuyAsync(SoldOut, "The card that works");

        await page.SeesAsync("Rejected");
        await Expect(page.Locator(".reason")).ToContainTextAsync("Anniversary Kettle 1926");
    }

    [Fact]
    public async Task A_flaky_card_pays_in_the_end()
    {
        var page = await OpenAsync("/");

        await page.BuyAsync(Kettle, "The flaky card");

        await page.SeesAsync("Confirmed");
    }

    [Fact]
    public async Task This_browser_remembers_its_orders()
    {
        var page = await OpenAsync("/");
        await page.BuyAsync(Kettle, "The card that works");
        await page.SeesAsync("Confirmed");
        var number = page.Url[^8..].ToUpperInvariant();

        await page.GotoAsync("/orders");

        var entry = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = number });
        await Expect(entry).ToContainTextAsync("Confirmed");
        await Expect(entry).ToContainTextAsync("€89.00");
        await Expect(page.Locator("#cart-count")).ToBeHiddenAsync();
    }
}
