using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Browser.Tests;

/// <summary>What customers do, told in their words.</summary>
internal static partial class Customer
{
    /// <summary>In milliseconds. The slowest card answers after 5 s; the rest is for a loaded machine.</summary>
    private const float Outcome = 30_000;

    public static async Task PutIntoCartAsync(this IPage page, int product)
    {
        await page.GotoAsync($"/products/{product}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add to cart" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("is in the cart");
    }

    public static async Task FillInCheckoutAsync(this IPage page, string card)
    {
        await page.GotoAsync("/checkout");
        await page.GetByLabel("Your name").FillAsync("Ada Lovelace");
        await page.GetByRole(AriaRole.Radio, new() { Name = card }).CheckAsync();
    }

    public static Task PressPlaceOrderAsync(this IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Place the order" }).ClickAsync();

    /// <summary>Presses the button: the shop accepts the order, and the answer does not arrive.</summary>
    /// <returns>The order's id.</returns>
    public static async Task<string> LoseTheAnswerAsync(this IPage page)
    {
        var id = "";
        await page.RouteAsync("**/api/orders", async route =>
        {
            var answer = await route.FetchAsync();
            id = (await answer.JsonAsync())!.Value.GetProperty("id").GetString()!;
            await route.AbortAsync();
        }, new() { Times = 1 });
        await page.PressPlaceOrderAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("you will not be charged twice");
        return id;
    }

    /// <summary>Buys one of a product and arrives at the order's page.</summary>
    public static async Task BuyAsync(this IPage page, int product, string card)
    {
        await page.PutIntoCartAsync(product);
        await page.FillInCheckoutAsync(card);
        await page.PressPlaceOrderAsync();
        await page.ArrivesAtItsOrderAsync();
    }

    /// <summary>Asks for the address again and again: WaitForURLAsync misses one that comes just as it begins to listen.</summary>
    public static Task ArrivesAtItsOrderAsync(this IPage page) => Expect(page).ToHaveURLAsync(OrderAddress, new() { Timeout = Outcome });

    public static Task SeesAsync(this IPage page, string status) =>
        Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(status, new() { Timeout = Outcome });

    [GeneratedRegex("/orders/[0-9a-f-]{36}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OrderAddress { get; }
}
