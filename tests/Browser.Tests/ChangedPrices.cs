using System.Collections.Concurrent;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Microsoft.Playwright;
using Npgsql;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests;

/// <summary>
/// A customer pays what the checkout shows, or is asked again. Each test has a product that no other test orders: ordering does not know its
/// price yet, so it asks the catalogue, and a change there holds at once.
/// </summary>
public sealed class ChangedPrices(StorefrontShop shop, BrowserFixture browser) : StorefrontTest(shop, browser)
{
    private const int Filters = 3, Casserole = 28, StockPot = 30, Wok = 31;

    private readonly ConcurrentQueue<(string Key, decimal Total, string Currency, int Answer)> _attempts = [];

    [Fact]
    public async Task A_customer_is_asked_again_when_the_price_is_no_longer_the_one_that_was_shown()
    {
        ComplaintsAreExpected = true;
        var page = await OpenAsync("/");
        Record(page);
        await page.PutIntoCartAsync(Casserole);
        await page.FillInCheckoutAsync("The slow card");
        await Expect(page.Locator("#total")).ToHaveTextAsync("€169.00");
        await SetPriceAsync(Casserole, 369.95m);

        await page.PressPlaceOrderAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(
            "A price has changed, and nothing was ordered. The total is now €369.95, no longer €169.00. Press the button again to order at the new price.");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Expect(page.Locator("#lines output")).ToHaveTextAsync("€369.95");
        await Expect(page.Locator("#total")).ToHaveTextAsync("€369.95");
        await Expect(page.GetByLabel("Your name")).ToHaveValueAsync("Ada Lovelace");
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "The slow card" })).ToBeCheckedAsync();
        await Expect(page.Locator("#cart-count")).ToContainTextAsync("1");
        Assert.Empty(await Axe.ViolationsAsync(page));

        await page.PressPlaceOrderAsync();

        await page.ArrivesAtItsOrderAsync();
        await Expect(page.Locator(".receipt .total")).ToContainTextAsync("€369.95");
        Assert.Equal([(169.00m, "EUR", 422), (369.95m, "EUR", 202)], _attempts.Select(a => (a.Total, a.Currency, a.Answer)));
        Assert.Single(_attempts.Select(a => a.Key).Distinct());
    }

    [Fact]
    public async Task A_Korean_customer_is_asked_again_in_Korean()
    {
        ComplaintsAreExpected = true;
        var page = await OpenAsync("/", options => options.Locale = "ko-KR");
        await page.GotoAsync($"/products/{StockPot}");
        await page.GetByRole(AriaRole.Button, new() { Name = "장바구니에 담기" }).ClickAsync();
        await page.GotoAsync("/checkout");
        await page.GetByLabel("이름").FillAsync("김다온");
        await SetPriceAsync(StockPot, 59.5m);

        await page.GetByRole(AriaRole.Button, new() { Name = "주문 넣기" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(
            "가격이 바뀌어 주문이 들어가지 않았습니다. 이전 합계는 €69.00, 지금 합계는 €59.50입니다. 새 가격으로 주문하려면 버튼을 다시 눌러 주세요.");
        await page.GetByRole(AriaRole.Button, new() { Name = "주문 넣기" }).ClickAsync();
        await page.ArrivesAtItsOrderAsync();
        await Expect(page.Locator(".receipt .total")).ToContainTextAsync("€59.50");
    }

    [Fact]
    public async Task A_lost_answer_after_a_changed_price_still_makes_one_order()
    {
        ComplaintsAreExpected = true;
        var page = await OpenAsync("/");
        await page.PutIntoCartAsync(Wok);
        await page.FillInCheckoutAsync("The card that works");
        await SetPriceAsync(Wok, 50m);
        await page.PressPlaceOrderAsync();
        await Expect(page.Locator("#total")).ToHaveTextAsync("€50.00");
        var accepted = await page.LoseTheAnswerAsync();

        await page.GetByRole(AriaRole.Radio, new() { Name = "The slow card" }).CheckAsync();
        await page.PressPlaceOrderAsync();

        await page.ArrivesAtItsOrderAsync();
        Assert.EndsWith(accepted, page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_total_is_sent_in_exact_cents()
    {
        var page = await OpenAsync("/");
        Record(page);
        await page.GotoAsync($"/products/{Filters}");
        await page.GetByLabel("Quantity").FillAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to cart" }).ClickAsync();
        await page.FillInCheckoutAsync("The card that works");

        await page.PressPlaceOrderAsync();

        await page.ArrivesAtItsOrderAsync();
        // As binary fractions, 3 times 6.90 is 20.700000000000003.
        Assert.Equal([(20.70m, "EUR", 202)], _attempts.Select(a => (a.Total, a.Currency, a.Answer)));
    }

    private void Record(IPage page) => page.Response += (_, response) =>
    {
        if (response.Request is not { Method: "POST", PostData: { } body, Headers: var headers })
            return;
        var sent = JsonSerializer.Deserialize<JsonElement>(body);
        _attempts.Enqueue((
            headers["idempotency-key"],
            sent.TryGetProperty("total", out var total) ? total.GetDecimal() : 0,
            sent.TryGetProperty("currency", out var currency) ? currency.GetString()! : "none",
            response.Status));
    };

    private async Task SetPriceAsync(int product, decimal price)
    {
        await using var catalogue = new NpgsqlConnection($"{await Shop.App.GetConnectionStringAsync(Shop.Shape.DatabaseOf("catalog"), Cancelled)};Pooling=false");
        await catalogue.OpenAsync(Cancelled);
        await using var update = new NpgsqlCommand("UPDATE catalog.products SET price = $2 WHERE id = $1", catalogue)
        {
            Parameters = { new() { Value = product }, new() { Value = price } },
        };
        Assert.Equal(1, await update.ExecuteNonQueryAsync(Cancelled));
    }
}
