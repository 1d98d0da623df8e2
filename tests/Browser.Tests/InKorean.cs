using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests;

public sealed class InKorean(StorefrontShop shop, BrowserFixture browser) : StorefrontTest(shop, browser)
{
    [Fact]
    public async Task A_Korean_browser_is_served_in_Korean_from_the_shelves_to_the_order()
    {
        var page = await OpenAsync("/", options => options.Locale = "ko-KR");

        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "ko");
        await Expect(page.Locator(".heading")).ToContainTextAsync("상품 48개");
        await page.GetByRole(AriaRole.Button, new() { Name = "Gooseneck Kettle 0.9 L 장바구니에 담기" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("장바구니에 담았습니다: Gooseneck Kettle 0.9 L");
        await page.GotoAsync("/checkout");
        await page.GetByLabel("이름").FillAsync("김다온");
        await page.GetByRole(AriaRole.Button, new() { Name = "주문 넣기" }).ClickAsync();

        await page.ArrivesAtItsOrderAsync();
        await page.SeesAsync("주문 확정");
        await Expect(page.GetByText("김다온 님, 고맙습니다.")).ToBeVisibleAsync();
        await Expect(page.Locator("time").First).ToContainTextAsync($"{DateTime.Now:yyyy}년");
    }

    [Fact]
    public async Task A_page_that_follows_an_order_says_in_Korean_why_it_was_cancelled()
    {
        var page = await OpenAsync("/", options => options.Locale = "ko-KR");
        await page.Locator(".add").First.ClickAsync();
        await page.GotoAsync("/checkout");
        await page.GetByLabel("이름").FillAsync("김다온");
        await page.EvaluateAsync("document.querySelector('[name=token]').value = 'tok_nobody'");

        await page.GetByRole(AriaRole.Button, new() { Name = "주문 넣기" }).ClickAsync();

        await page.ArrivesAtItsOrderAsync();
        await page.SeesAsync("주문 취소");
        await Expect(page.Locator(".reason")).ToHaveTextAsync("은행이 모르는 카드입니다. 다른 카드로 다시 주문해 주세요.");
    }

    [Theory]
    [InlineData("ko-KR,ko;q=0.9,en;q=0.8", "ko")]
    [InlineData("en;q=0.5,ko;q=0.9", "ko")]
    [InlineData("fr,en;q=0.9,ko;q=0.1", "en")]
    [InlineData("fr", "en")]
    [InlineData("*;;;=,", "en")]
    public async Task The_language_is_the_one_the_browser_prefers_of_those_there_are(string accepted, string served)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept-Language", accepted);

        using var response = await Gateway.SendAsync(request, Cancelled);

        Assert.Equal([served], response.Content.Headers.ContentLanguage);
        Assert.Contains($"<html lang=\"{served}\">", await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }
}
