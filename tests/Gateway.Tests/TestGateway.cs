using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using MsaAspire.Gateway;
using MsaAspire.ServiceDefaults;

namespace Gateway.Tests;

/// <summary>The gateway as it is, on a port of its own, in front of destinations of the test.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestGateway(WebApplication app)
    {
        _app = app;
        Client = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(40) };
    }

    public HttpClient Client { get; }

    /// <param name="routes">Path and service, as in the gateway's own table.</param>
    /// <param name="settings">Configuration, as from the environment; <c>services:{name}:http:{n}</c> is where a service is.</param>
    public static async Task<TestGateway> StartAsync((string Path, string Service)[] routes, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder([.. settings.Select(s => $"--{s.Key}={s.Value}")]);
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.AddGateway(routes);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapGateway();
        await app.StartAsync();
        return new(app);
    }

    /// <summary>A gateway that sends <c>/api/things</c> to the given destinations.</summary>
    public static Task<TestGateway> InFrontOfAsync(TestServer destination, params (string Key, string Value)[] settings) =>
        StartAsync([("/api/things", "things")], [("services:things:http:0", destination.Url), .. settings]);

    /// <summary>As after SIGTERM; ends when the gateway has stopped.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _app.Lifetime.StopApplication();
        return _app.StopAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
