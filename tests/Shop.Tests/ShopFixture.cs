using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

[assembly: AssemblyFixture(typeof(Shop.Tests.ShopFixture))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Shop.Tests;

/// <summary>The shop that all tests share: starting it costs seconds, and no test needs an empty one.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    private RunningShop? _shop;

    public RunningShop Shop => _shop ?? throw new InvalidOperationException("The shop has not been started.");

    public DistributedApplication App => Shop.App;

    public HttpClient Gateway => Shop.Gateway;

    public ResourceNotificationService Resources => Shop.App.ResourceNotifications;

    public async ValueTask InitializeAsync() => _shop = await RunningShop.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null)
        {
            await _shop.DisposeAsync();
        }
    }
}
