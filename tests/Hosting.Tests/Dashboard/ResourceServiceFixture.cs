using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Client = Aspire.Hosting.Dashboard.Proto.DashboardService.DashboardServiceClient;

namespace Hosting.Tests.Dashboard;

/// <summary>The resource service over an application that is built and not started, and clients that call it as the dashboard does.</summary>
public sealed class ResourceServiceFixture : IAsyncDisposable
{
    private const string Key = "the key";

    private readonly IDistributedApplicationBuilder _builder =
        DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });

    private readonly DistributedApplication _app;
    private readonly ResourceServiceHost _host;
    private readonly List<GrpcChannel> _channels = [];
    private int _workers;

    public ResourceServiceFixture()
    {
        _app = _builder.Build();
        _host = new ResourceServiceHost(_app.Services, new DashboardOptions { ResourceServiceApiKey = Key });
    }

    public ResourceNotificationService Notifications => _app.Services.GetRequiredService<ResourceNotificationService>();

    public ResourceLoggerService Loggers => _app.Services.GetRequiredService<ResourceLoggerService>();

    public IHostApplicationLifetime Lifetime => _app.Services.GetRequiredService<IHostApplicationLifetime>();

    public ExecutableResource AddWorker()
    {
        var worker = new ExecutableResource($"worker{Interlocked.Increment(ref _workers)}", "worker", ".");
        _builder.AddResource(worker);
        return worker;
    }

    internal Task<Client> ConnectAsync() => ConnectAsync(Key);

    internal async Task<Client> ConnectAsync(string? key)
    {
        var channel = GrpcChannel.ForAddress(await _host.GetUriAsync(CancellationToken.None));
        _channels.Add(channel);
        return new Client(channel.Intercept(metadata =>
        {
            if (key is not null)
            {
                metadata.Add(ApiKeyMiddleware.Header, key);
            }

            return metadata;
        }));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            channel.Dispose();
        }

        await _host.DisposeAsync();
        await _app.DisposeAsync();
    }
}
