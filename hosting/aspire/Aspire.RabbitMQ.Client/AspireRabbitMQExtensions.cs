using Aspire.RabbitMQ.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;

namespace Microsoft.Extensions.Hosting;

/// <summary>Connects a service to a RabbitMQ broker of the app model.</summary>
public static class AspireRabbitMQExtensions
{
    private const string Section = "Aspire:RabbitMQ:Client";

    /// <summary>
    /// Registers <see cref="IConnectionFactory"/> and <see cref="IConnection"/> for the connection string <paramref name="connectionName"/>,
    /// with retries, health check and traces. The connection is opened when first resolved.
    /// </summary>
    public static void AddRabbitMQClient(
        this IHostApplicationBuilder builder,
        string connectionName,
        Action<RabbitMQClientSettings>? configureSettings = null,
        Action<ConnectionFactory>? configureConnectionFactory = null) =>
        builder.Add(connectionName, serviceKey: null, configureSettings, configureConnectionFactory);

    /// <summary>As <see cref="AddRabbitMQClient"/>, registered under the key <paramref name="name"/>, which also names the connection string.</summary>
    public static void AddKeyedRabbitMQClient(
        this IHostApplicationBuilder builder,
        string name,
        Action<RabbitMQClientSettings>? configureSettings = null,
        Action<ConnectionFactory>? configureConnectionFactory = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        builder.Add(name, serviceKey: name, configureSettings, configureConnectionFactory);
    }

    private static void Add(
        this IHostApplicationBuilder builder,
        string name,
        string? serviceKey,
        Action<RabbitMQClientSettings>? configureSettings,
        Action<ConnectionFactory>? configureConnectionFactory)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var section = builder.Configuration.GetSection(Section);
        var settings = new RabbitMQClientSettings();
        section.Bind(settings);
        section.GetSection(name).Bind(settings);
        if (builder.Configuration.GetConnectionString(name) is { } connectionString)
            settings.ConnectionString = connectionString;
        configureSettings?.Invoke(settings);

        builder.Services.AddKeyedSingleton<IConnectionFactory>(serviceKey, (_, _) =>
        {
            var factory = new ConnectionFactory();
            section.GetSection("ConnectionFactory").Bind(factory);
            section.GetSection($"{name}:ConnectionFactory").Bind(factory);
            if (!string.IsNullOrEmpty(settings.ConnectionString))
                factory.Uri = new Uri(settings.ConnectionString);
            configureConnectionFactory?.Invoke(factory);
            return factory;
        });
        builder.Services.AddKeyedSingleton(serviceKey, (services, _) =>
            Connector.Connect(services.GetRequiredKeyedService<IConnectionFactory>(serviceKey), settings.MaxConnectRetryCount));

        if (!settings.DisableHealthChecks)
        {
            builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
                serviceKey is null ? "RabbitMQ.Client" : $"RabbitMQ.Client_{name}",
                services => new RabbitMQHealthCheck(() => services.GetRequiredKeyedService<IConnection>(serviceKey)),
                failureStatus: null, tags: null));
        }
        if (!settings.DisableTracing)
            builder.Services.AddOpenTelemetry().WithTracing(tracing => tracing.AddSource(Connector.ActivitySourceName, "RabbitMQ.Client.*"));
    }
}
