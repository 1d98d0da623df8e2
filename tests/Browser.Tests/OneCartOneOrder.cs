using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests;

public sealed class OneCartOneOrder(StorefrontShop shop, BrowserFixture browser) : StorefrontTest(shop, browser)
{
    private const int Dripper = 2;

    [Fact]
    public async Task A_double_click_makes_one_order()
    {
        var page = await OpenAsync("/");
        var posts = new ConcurrentQueue<string>();
        page.Request += (_, request) =>
        {
            if (request.Method == "POST")
                posts.Enqueue(request.Url);
        };
        await page.PutIntoCartAsync(Dripper);
        await page.FillInCheckoutAsync("The card that works");

        await page.GetByRole(AriaRole.Button, new() { Name = "Place the order" }).DblClickAsync();
        await page.ArrivesAtItsOrderAsync();

        Assert.Single(posts);
    }

    [Fact]
    public async Task Pressing_again_after_a_lost_answer_finds_the_order_that_was_made()
    {
        ComplaintsAreExpected = true;
        var page = await OpenAsync("/");
        await page.PutIntoCartAsync(Dripper);
        await page.FillInCheckoutAsync("The card that works");
        var accepted = await page.LoseTheAnswerAsync();

        await page.PressPlaceOrderAsync();

        await page.ArrivesAtItsOrderAsync();
        Assert.EndsWith(accepted, page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_card_after_a_lost_answer_does_not_make_a_second_order()
    {
        ComplaintsAreExpected = true;
        var page = await OpenAsync("/");
        await page.PutIntoCartAsync(Dripper);
        await page.FillInCheckoutAsync("The card that works");
        var accepted = await page.LoseTheAnswerAsync();

        await page.GetByRole(AriaRole.Radio, new() { Name = "The slow card" }).CheckAsync();
        await page.PressPlaceOrderAsync();

        await page.ArrivesAtItsOrderAsync();
        Assert.EndsWith(accepted, page.Url, StringComparison.Ordinal);
        await page.SeesAsync("Confirmed");
    }

    [Fact]
    public async Task A_refused_order_keeps_the_cart_and_says_what_to_do()
    {
        ComplaintsAreExpected = true;
        var page = await OpenAsync("/");
        await page.PutIntoCartAsync(Dripper);
        await page.FillInCheckoutAsync("The card that works");
        await page.RouteAsync("**/api/orders", route => route.FulfillAsync(new()
        {
            Status = 503,
            ContentType = "application/problem+json",
            Body = """{"type":"urn:msa-aspire:problem:catalog-unavailable","title":"Prices cannot be looked up now.","status":503}""",
        }));

        await page.PressPlaceOrderAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Press the button again in a few seconds");
        await Expect(page.Locator("#cart-count")).ToContainTextAsync("1");
    }

    [Fact]
    public async Task A_refused_order_does_not_bring_back_an_earlier_attempt_that_never_arrived()
    {
        ComplaintsAreExpected = true;
        var page = await OpenAsync("/");
        await page.PutIntoCartAsync(Dripper);
        await page.FillInCheckoutAsync("The card that works");
        // One route for both attempts: Playwright may end one that has had its times only after the next is set, and then nothing is intercepted.
        var attempts = 0;
        await page.RouteAsync("**/api/orders", route => attempts++ == 0 ? route.AbortAsync() : route.FulfillAsync(new()
        {
            Status = 422,
            ContentType = "application/problem+json",
            Body = """{"type":"urn:msa-aspire:problem:unknown-product","title":"The order names a product that does not exist.","status":422}""",
        }));
        await page.PressPlaceOrderAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("you will not be charged twice");

        await page.GetByRole(AriaRole.Radio, new() { Name = "The slow card" }).CheckAsync();
        await page.PressPlaceOrderAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("not sold any more");
        Assert.EndsWith("/checkout", page.Url, StringComparison.Ordinal);
    }
}
