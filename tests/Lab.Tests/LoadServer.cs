using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MsaAspire.Lab.Load;

namespace Lab.Tests;

/// <summary>A shop of one function on loopback, and customers of it.</summary>
internal sealed class LoadServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LoadServer(WebApplication app) => (_app, Uri) = (app, new(app.Urls.First()));

    public Uri Uri { get; }

    public static async Task<LoadServer> StartAsync(RequestDelegate answer, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync(cancellation);
        return new(app);
    }

    /// <summary>Sends a schedule until <paramref name="enough"/>, and reports.</summary>
    public async Task<LoadReport> RunAsync(IEnumerable<Arrival> schedule, Task enough, CancellationToken cancellation)
    {
        using var client = new ShopClient(Uri, seed: 1);
        using var lookup = new OrderLookup(Uri);
        var run = new LoadRun(client, lookup, finals: null, schedule, cancellation);
        await enough.WaitAsync(cancellation);
        return await run.StopAsync(TimeSpan.Zero);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
