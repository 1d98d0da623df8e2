using Xunit;

namespace MsaAspire.Testing.Shop;

/// <summary>The shop that all tests of an assembly share: starting it costs seconds, and no test needs an empty one.</summary>
public class ShopFixture : IAsyncLifetime
{
    private RunningShop? _shop;

    public RunningShop Shop => _shop ?? throw new InvalidOperationException("The shop has not been started.");

    public HttpClient Gateway => Shop.Gateway;

    /// <summary>The shape it is started in.</summary>
    protected virtual Shape Shape => Shape.Microservices;

    /// <summary>Whether its services send telemetry, to a dashboard. Tests that look at none are faster without.</summary>
    protected virtual bool Dashboard => true;

    /// <summary>Of the AppHost, in addition.</summary>
    protected virtual string[] Arguments => [];

    public async ValueTask InitializeAsync() => _shop = await RunningShop.StartAsync(Shape, Dashboard, TestContext.Current.CancellationToken, Arguments);

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null)
            await _shop.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
