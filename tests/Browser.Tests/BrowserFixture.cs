using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(Browser.Tests.StorefrontShop))]
[assembly: AssemblyFixture(typeof(Browser.Tests.BrowserFixture))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Browser.Tests;

/// <summary>The browser that all tests share; each has a fresh profile in it.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _mend;

    /// <summary>Skips the test, saying what to do, when this machine has no browser.</summary>
    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(_browser is null, _mend ?? "The browser has not been started.");
            return _browser;
        }
    }

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        (var path, _mend) = Chromium.Find(_playwright);
        if (path is not null)
            _browser = await Chromium.LaunchAsync(_playwright, path);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
