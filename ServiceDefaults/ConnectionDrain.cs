using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace MsaAspire.ServiceDefaults;

/// <summary>
/// Lets clients go before the server stops. After SIGTERM requests are served for <c>Drain:Seconds</c> more (0 by default), and each answer asks its
/// client to connect anew, which leads to another replica. Without it a client whose connection was idle may send the next request into
/// the very moment in which the server closes it, and not know whether that was read.
/// </summary>
internal sealed class ConnectionDrain(IConfiguration configuration) : IHostedLifecycleService
{
    /// <summary>What requests and in-flight messages get to finish after that; Kubernetes' default grace period is 30 s.</summary>
    private static readonly TimeSpan s_shutdown = TimeSpan.FromSeconds(20);

    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddHostedService<ConnectionDrain>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Duration(builder.Configuration) + s_shutdown);
    }

    public static void Use(WebApplication app) => app.Use((context, next) =>
    {
        if (HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            // The answer may be under way when the signal comes.
            context.Response.OnStarting(() =>
            {
                if (app.Lifetime.ApplicationStopping.IsCancellationRequested)
                    context.Response.Headers.Connection = "close";
                return Task.CompletedTask;
            });
        }

        return next(context);
    });

    /// <summary>Before any hosted service stops, the web server among them.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(Duration(configuration), cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static TimeSpan Duration(IConfiguration configuration) => TimeSpan.FromSeconds(configuration.GetValue("Drain:Seconds", 0));
}
