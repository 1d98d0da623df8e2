using System.Text.Json;
using Microsoft.Playwright;
using Xunit;

namespace Browser.Tests;

/// <summary>What holds for all pages, in both themes, on a desk and on a phone.</summary>
public sealed class EveryPage(StorefrontShop shop, BrowserFixture browser) : StorefrontTest(shop, browser)
{
    private static readonly ViewportSize s_desk = new() { Width = 1200, Height = 900 }, s_phone = new() { Width = 360, Height = 780 };

    [Theory]
    [InlineData(ColorScheme.Light, "en-GB")]
    [InlineData(ColorScheme.Dark, "ko-KR")]
    public async Task No_page_breaks_a_rule_of_accessibility_or_is_wider_than_its_window(ColorScheme theme, string language)
    {
        var page = await OpenAsync("/", options => (options.ColorScheme, options.Locale, options.ReducedMotion) = (theme, language, ReducedMotion.Reduce));
        var order = await BuyAsync(page);

        var broken = new List<string>();
        foreach (var path in (string[])["/", "/?search=kettle", "/?search=zeppelin", "/products/47", "/products/48", "/cart", "/checkout", "/orders", order])
        {
            await page.GotoAsync(path);
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            foreach (var size in (ViewportSize[])[s_desk, s_phone])
            {
                await page.SetViewportSizeAsync(size.Width, size.Height);
                broken.AddRange((await Axe.ViolationsAsync(page)).Select(violation => $"{path}, {size.Width} pixels wide: {violation}"));
                if (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth") is > 0 and var excess)
                    broken.Add($"{path}: {excess} pixels wider than a window of {size.Width}");
            }
        }

        Assert.Empty(broken);
    }

    [Fact]
    public async Task Errors_of_the_checkout_are_accessible_too()
    {
        var page = await OpenAsync("/");
        await page.PutIntoCartAsync(3);
        await page.GotoAsync("/checkout");

        await page.PressPlaceOrderAsync();

        await Assertions.Expect(page.GetByLabel("Your name")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByLabel("Your name")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(page.GetByText("Please write your name.")).ToBeVisibleAsync();
        Assert.Empty(await Axe.ViolationsAsync(page));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/products/1")]
    [InlineData("/cart")]
    [InlineData("/checkout")]
    public async Task The_keyboard_reaches_everything_in_reading_order_and_shows_where_it_is(string path)
    {
        var page = await OpenAsync("/");
        await page.PutIntoCartAsync(1);
        await page.GotoAsync(path);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var all = await page.EvaluateAsync<int>(Keyboard.Number);

        var seen = new List<int>();
        for (var i = 0; i < all; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var (number, isShown) = (await page.EvaluateAsync<int>(Keyboard.Focused), await page.EvaluateAsync<bool>(Keyboard.IsShown));
            Assert.True(isShown, $"Nothing shows that number {number} has the focus: {await page.EvaluateAsync<string>("document.activeElement.outerHTML")}");
            seen.Add(number);
        }

        Assert.Equal(Enumerable.Range(0, all), seen);
    }

    [Fact]
    public async Task The_first_stop_of_the_keyboard_skips_to_the_content()
    {
        var page = await OpenAsync("/");

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();
    }

    /// <summary>Makes an order through the API, lets this browser know it, and leaves something in the cart.</summary>
    private async Task<string> BuyAsync(IPage page)
    {
        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((48, 1)), Cancelled);
        await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled);
        await page.EvaluateAsync("orders => localStorage.setItem('orders', orders)", JsonSerializer.Serialize(new[] { placed }, JsonSerializerOptions.Web));
        await page.Locator(".add").First.ClickAsync();
        return $"/orders/{placed.Id}";
    }
}
