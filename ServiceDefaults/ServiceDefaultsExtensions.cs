using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Net.Http.Headers;

namespace MsaAspire.ServiceDefaults;

/// <summary>The defaults of every service of the shop: one call before the build, and for a web application one after it.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>The largest request body a service reads, in bytes; more is answered with 413.</summary>
    public const int MaxRequestBodySize = 64 * 1024;

    /// <summary>
    /// Adds telemetry, health, service discovery, resilience, problem details, request limits and a graceful drain. A worker without a web server
    /// uses what applies to it.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddQuietLogLevels();
        builder.AddTelemetry();
        builder.AddHealth();
        builder.Services.AddShopProblemDetails();
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler().Configure(BoundAndNeverRepeatWrites);
            http.AddServiceDiscovery();
        });
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The cookies of all applications on a host come along, and Kestrel answers 400 to those that are not UTF-8. In Latin-1 all bytes are valid.
            kestrel.RequestHeaderEncodingSelector = header => header.Equals(HeaderNames.Cookie, StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : null;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBodySize;
        });
        ConnectionDrain.Add(builder);
        return builder;
    }

    /// <summary>Maps <c>/health</c> and <c>/alive</c>, gives each request its id, and turns every error without a body into problem details.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        ConnectionDrain.Use(app);
        app.UseRequestIds();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapHealth();
        return app;
    }

    /// <summary>All attempts together end before the gateway's timeout for the request they serve.</summary>
    private static void BoundAndNeverRepeatWrites(HttpStandardResilienceOptions options)
    {
        options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(3);
        options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(10);
        options.Retry.DisableForUnsafeHttpMethods();
    }

    /// <summary>Defaults that any other configuration source, such as the environment, overrides.</summary>
    private static void AddQuietLogLevels(this IHostApplicationBuilder builder) =>
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData =
            [
                new("Logging:LogLevel:Default", "Information"),
                new("Logging:LogLevel:Microsoft.AspNetCore", "Warning"),
                new("Logging:LogLevel:System.Net.Http.HttpClient", "Warning"),
                new("Logging:LogLevel:Polly", "Warning"),
                new("Logging:LogLevel:Npgsql", "Warning"),
                new("Logging:LogLevel:Yarp", "Warning"),
                // Each probe of a starting service would log an error. The probe's response names the unhealthy check, and the failing component logs the cause.
                new("Logging:LogLevel:Microsoft.Extensions.Diagnostics.HealthChecks", "Critical"),
                // An unhealthy destination is logged once, when its state changes; not for each request and probe that fails.
                new("Logging:LogLevel:Yarp.ReverseProxy.Forwarder", "Error"),
                new("Logging:LogLevel:Yarp.ReverseProxy.Health.ActiveHealthCheckMonitor", "Error"),
            ],
        });
}
