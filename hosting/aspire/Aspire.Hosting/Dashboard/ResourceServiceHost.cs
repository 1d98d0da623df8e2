using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

/// <summary>Serves <see cref="ResourceService"/> to the dashboard over HTTP/2 on a free loopback port.</summary>
internal sealed class ResourceServiceHost(IServiceProvider services, DashboardOptions options) : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private WebApplication? _app;

    // Not awaited: the server gets ready while DCP starts, and whoever needs its address waits for it there.
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = Task.Run(() => GetUriAsync(CancellationToken.None), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>The address of the running service, which is started anew (on another port) if it has ended.</summary>
    public async Task<Uri> GetUriAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_app is null || _app.Lifetime.ApplicationStopped.IsCancellationRequested)
            {
                var app = Build();
                await app.StartAsync(cancellationToken).ConfigureAwait(false);
                _app = app;
            }

            var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
            return new Uri(addresses.Addresses.First());
        }
        finally
        {
            _gate.Release();
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is { } app)
        {
            await app.StopAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is { } app)
        {
            await app.DisposeAsync().ConfigureAwait(false);
        }

        _gate.Dispose();
    }

    // An empty builder, because the AppHost's configuration (ASPNETCORE_URLS above all) is meant for the dashboard and not for this server.
    private WebApplication Build()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, port: 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(ActivatorUtilities.CreateInstance<ResourceService>(services));
        builder.Services.AddSingleton(services.GetRequiredService<ILoggerFactory>());
        builder.Services.AddSingleton<IHostLifetime, OwnedByAppHost>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);

        var app = builder.Build();
        if (options.ResourceServiceApiKey is { } key)
        {
            app.UseMiddleware<ApiKeyMiddleware>(key);
        }

        app.MapGrpcService<ResourceService>();
        return app;
    }

    // The console lifetime of a web application would take the AppHost's Ctrl+C as its own.
    private sealed class OwnedByAppHost : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
