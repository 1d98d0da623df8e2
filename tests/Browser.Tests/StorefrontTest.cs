using Microsoft.Playwright;
using Xunit;

namespace Browser.Tests;

/// <summary>
/// A test that visits the storefront through the gateway as a customer does. It fails when any page it saw wrote an error to the console,
/// threw, or could not load something, unless the test says that it will.
/// </summary>
public abstract class StorefrontTest(StorefrontShop shop, BrowserFixture browser) : ShopTest(shop)
{
    private readonly List<string> _complaints = [];
    private readonly List<IPage> _pages = [];

    private protected Uri Address { get; } = shop.Gateway.BaseAddress!;

    /// <summary>What the test does to the page on purpose makes the browser complain.</summary>
    private protected bool ComplaintsAreExpected { get; set; }

    /// <summary>Opens a page in a fresh profile.</summary>
    private protected async Task<IPage> OpenAsync(string path, Action<BrowserNewContextOptions>? configure = null)
    {
        var options = new BrowserNewContextOptions { BaseURL = Address.ToString(), Locale = "en-GB", ViewportSize = new() { Width = 1200, Height = 900 } };
        configure?.Invoke(options);
        var context = await browser.Browser.NewContextAsync(options);
        var page = await context.NewPageAsync();
        page.Console += (_, message) => Complain(message.Type is "error" or "warning", $"console: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Complain(true, $"exception: {error}");
        page.RequestFailed += (_, request) => Complain(!IsClosedStream(request), $"failed: {request.Url} {request.Failure}");
        page.Response += (_, response) => Complain(response.Status >= 400, $"{response.Status}: {response.Url}");
        _pages.Add(page);
        await page.GotoAsync(path);
        return page;
    }

    public override async ValueTask DisposeAsync()
    {
        var failed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var page in _pages)
        {
            if (failed)
            {
                TestContext.Current.AddAttachment($"page {_pages.IndexOf(page)}", await page.ScreenshotAsync(new() { FullPage = true }), "image/png");
                TestContext.Current.TestOutputHelper?.WriteLine($"{page.Url}\n{await page.InnerTextAsync("body")}");
            }

            await page.Context.CloseAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
        if (!ComplaintsAreExpected)
            Assert.Empty(_complaints);
    }

    // A page that has seen the last status, or is left, closes its event stream.
    private static bool IsClosedStream(IRequest request) => request.ResourceType == "eventsource" && request.Failure == "net::ERR_ABORTED";

    private void Complain(bool bad, string what)
    {
        if (!bad)
            return;
        lock (_complaints)
            _complaints.Add(what);
    }
}
