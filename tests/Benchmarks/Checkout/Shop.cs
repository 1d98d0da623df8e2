using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Benchmarks.Checkout;

/// <summary>The whole shop, started by the AppHost's own program, on ports and data of its own.</summary>
internal static class Shop
{
    /// <summary>The first start on a machine fetches the servers.</summary>
    private static readonly TimeSpan s_startLimit = TimeSpan.FromMinutes(5);

    public static async Task<DistributedApplication> StartAsync(bool dashboard, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_startLimit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(
            ["--KeepData", "false"], (options, _) => options.DisableDashboard = !dashboard, limit.Token);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        var app = await builder.BuildAsync(limit.Token);
        try
        {
            await app.StartAsync(limit.Token);
            var services = app.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<ProjectResource>();
            await Task.WhenAll(services.Select(s => app.ResourceNotifications.WaitForResourceHealthyAsync(s.Name, limit.Token)));
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
