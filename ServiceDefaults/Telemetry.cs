using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MsaAspire.ServiceDefaults;

/// <summary>Logs, metrics and traces by OpenTelemetry. Exporter, sampling and service name follow the OTEL_* environment variables.</summary>
internal static class Telemetry
{
    /// <summary>The meters and activity sources of the shop's own libraries.</summary>
    private const string Libraries = "MsaAspire.*";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        // Spans and measurements cost processor time for each request, and without an exporter nobody reads them.
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
            return;
        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter(Libraries, "Npgsql"))
            .WithTracing(tracing => tracing
                .AddSource(builder.Environment.ApplicationName, Libraries)
                .AddAspNetCoreInstrumentation(http => http.Filter = context => !Health.IsProbe(context.Request.Path))
                .AddHttpClientInstrumentation(http => http.FilterHttpRequestMessage = request => !Health.IsProbe(request.RequestUri?.AbsolutePath)))
            .UseOtlpExporter();
        builder.Services.AddHostedService<TelemetryShutdown>();
    }
}
