using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>Sends the telemetry of a resource to the dashboard, by the environment variables that OpenTelemetry SDKs read.</summary>
public static class OtlpConfigurationExtensions
{
    /// <summary>Gives the resource the address, protocol and key of the dashboard's OTLP endpoint in run mode, and its own name as a source of telemetry.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment);
        return builder;
    }

    /// <summary>As <see cref="WithOtlpExporter{T}(IResourceBuilder{T})"/>, for an SDK that speaks only <paramref name="protocol"/>.</summary>
    public static IResourceBuilder<T> WithOtlpExporter<T>(this IResourceBuilder<T> builder, OtlpProtocol protocol)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddOtlpEnvironment(builder.Resource, builder.ApplicationBuilder.Configuration, builder.ApplicationBuilder.Environment, protocol);
        return builder;
    }

    /// <summary>As <see cref="WithOtlpExporter{T}(IResourceBuilder{T})"/>, for a resource that has no builder at hand.</summary>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment) =>
        AddOtlpEnvironment(resource, configuration, environment, new OtlpExporterAnnotation());

    /// <inheritdoc cref="AddOtlpEnvironment(IResource, IConfiguration, IHostEnvironment)"/>
    public static void AddOtlpEnvironment(IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol protocol) =>
        AddOtlpEnvironment(resource, configuration, environment, new OtlpExporterAnnotation { RequiredProtocol = protocol });

    private static void AddOtlpEnvironment(
        IResource resource, IConfiguration configuration, IHostEnvironment environment, OtlpExporterAnnotation exporter)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(environment);
        resource.Annotations.Add(exporter);
        resource.Annotations.Add(new EnvironmentCallbackAnnotation(context =>
        {
            if (context.ExecutionContext.IsRunMode)
            {
                Fill(context, configuration, environment, exporter.RequiredProtocol);
            }
        }));
    }

    private static void Fill(EnvironmentCallbackContext context, IConfiguration configuration, IHostEnvironment environment, OtlpProtocol? protocol)
    {
        var variables = context.EnvironmentVariables;
        if (FindTarget(context, configuration, protocol) is { } target)
        {
            variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = target.Address;
            variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = target.Protocol;
            if (configuration["AppHost:OtlpApiKey"] is { Length: > 0 } key)
            {
                variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={key}";
            }
        }

        // Resolved by DCP, which alone knows each replica of the resource apart; together they are the name the dashboard knows it by.
        variables["OTEL_RESOURCE_ATTRIBUTES"] = """service.instance.id={{- index .Annotations "otel-service-instance-id" -}}""";
        variables["OTEL_SERVICE_NAME"] = """{{- index .Annotations "otel-service-name" -}}""";

        if (environment.IsDevelopment())
        {
            // Everything, and within a second: whoever looks at the dashboard waits for it.
            variables["OTEL_BLRP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_BSP_SCHEDULE_DELAY"] = "1000";
            variables["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";
            variables["OTEL_TRACES_SAMPLER"] = "always_on";
            variables["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based";
            variables["OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT"] = "true";
        }
    }

    // The dashboard of this application if it has one, else a collector that the configuration names.
    private static (object Address, string Protocol)? FindTarget(EnvironmentCallbackContext context, IConfiguration configuration, OtlpProtocol? protocol)
    {
        var dashboard = FindDashboard(context.ExecutionContext);
        object? grpc = dashboard?.GetEndpoint("otlp-grpc") is { Exists: true } grpcEndpoint ? grpcEndpoint : null;
        object? http = dashboard?.GetEndpoint("otlp-http") is { Exists: true } httpEndpoint ? httpEndpoint : null;
        if (dashboard is null)
        {
            grpc = Address(configuration["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"]);
            http = Address(configuration["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"]);
        }

        return protocol switch
        {
            OtlpProtocol.HttpProtobuf when http is not null => (http, "http/protobuf"),
            OtlpProtocol.HttpJson when http is not null => (http, "http/json"),
            _ when grpc is not null => (grpc, "grpc"),
            _ when http is not null => (http, "http/protobuf"),
            _ => null,
        };
    }

    private static IResourceWithEndpoints? FindDashboard(DistributedApplicationExecutionContext context)
    {
        try
        {
            var model = context.ServiceProvider.GetService<DistributedApplicationModel>();
            return model?.Resources.OfType<IResourceWithEndpoints>().FirstOrDefault(resource => resource.Name == "aspire-dashboard");
        }
        catch (InvalidOperationException)
        {
            // the environment of a resource is looked at before the application is built, as tests of an app model do
            return null;
        }
    }

    private static HostUrl? Address(string? url) =>
        string.IsNullOrWhiteSpace(url) || url.EndsWith(":0", StringComparison.Ordinal) ? null : new(url.TrimEnd('/'));
}
