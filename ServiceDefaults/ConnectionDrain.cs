using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MsaAspire.ServiceDefaults;

/// <summary>
/// Drains connections before the server stops. After SIGTERM requests are served for another <c>Drain:Seconds</c> (0 by default), and each
/// response asks its client to reconnect, which leads to another replica. Without it a client may send a request on an idle connection just
/// as the server closes it, and cannot know whether the request was read.
/// </summary>
public sealed class ConnectionDrain : IHostedLifecycleService, IDisposable
{
    /// <summary>How long requests and in-flight messages may take to finish after that; Kubernetes' default grace period is 30 s.</summary>
    private static readonly TimeSpan s_shutdown = TimeSpan.FromSeconds(20);

    private readonly IConfiguration _configuration;
    private readonly CancellationTokenSource _ended = new();

    internal ConnectionDrain(IConfiguration configuration) => _configuration = configuration;

    /// <summary>Cancelled when the drain is over: the server stops accepting connections and waits for the requests in flight.</summary>
    public CancellationToken Ended => _ended.Token;

    internal static void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new ConnectionDrain(services.GetRequiredService<IConfiguration>()));
        builder.Services.AddHostedService(services => services.GetRequiredService<ConnectionDrain>());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Duration(builder.Configuration) + s_shutdown);
    }

    internal static void Use(WebApplication app) => app.Use((context, next) =>
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // The response may already be in progress when the signal arrives.
            context.Response.OnStarting(() =>
            {
                if (app.Lifetime.ApplicationStopping.IsCancellationRequested)
                    context.Response.Headers.Connection = "close";
                return Task.CompletedTask;
            });
        }

        return next(context);
    });

    /// <summary>Runs before any hosted service stops, including the web server.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Duration(_configuration), cancellationToken);
        }
        finally
        {
            await _ended.CancelAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ended.Dispose();

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static TimeSpan Duration(IConfiguration configuration) => TimeSpan.FromSeconds(configuration.GetValue("Drain:Seconds", 0));
}
