using Xunit;

namespace MsaAspire.Testing.Shop;

/// <summary>A test of the shared shop. When it fails it says in what state the shop was.</summary>
public abstract class ShopTest(ShopFixture fixture) : IAsyncLifetime
{
    protected RunningShop Shop => fixture.Shop;

    protected HttpClient Gateway => fixture.Gateway;

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result == TestResult.Failed)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(await Shop.DescribeAsync());
        }

        GC.SuppressFinalize(this);
    }
}
