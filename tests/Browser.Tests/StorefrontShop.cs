namespace Browser.Tests;

/// <summary>The shop that the browser opens.</summary>
public sealed class StorefrontShop : ShopFixture
{
    protected override bool Dashboard => false;
}
