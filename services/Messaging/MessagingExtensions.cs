using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MsaAspire.Contracts;
using MsaAspire.Messaging.InProcess;
using MsaAspire.ServiceDefaults;
using Npgsql;
using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>Connects a module to the shop's events.</summary>
public static class MessagingExtensions
{
    /// <summary>
    /// Gives the module its database with outbox and inbox, the relay of its outbox, and its queue with <typeparamref name="THandler"/>.
    /// <c>/health</c> is ready when the schema is migrated and all of it is connected.
    /// </summary>
    /// <typeparam name="THandler">Handles the events of the queue; lives in the assembly that carries the module's migrations.</typeparam>
    /// <param name="builder">The service's builder.</param>
    /// <param name="module">Names the schema, the queue and the source of the module's events; also the key of its <see cref="Outbox"/>.</param>
    /// <param name="database">The name of the database's connection string.</param>
    /// <param name="broker">The name of the broker's connection string.</param>
    /// <param name="consumes">The events its queue gets.</param>
    public static void AddMessaging<THandler>(
        this IHostApplicationBuilder builder, string module, string database, string broker, params EventType[] consumes)
        where THandler : class, IEventHandler
    {
        builder.AddDatabase(database, module, typeof(MessagingExtensions).Assembly, typeof(THandler).Assembly);
        builder.AddBroker(broker);
        var services = builder.Services;
        services.TryAddSingleton<THandler>();
        services.AddOptions<MessagingOptions>().BindConfiguration("Messaging");
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, DeadLettersJson.Default));
        services.AddKeyedSingleton<Outbox>(module);
        services.AddKeyedSingleton(module, (s, _) => new OutboxPump(module,
            s.GetRequiredKeyedService<Outbox>(module), s.GetRequiredKeyedService<NpgsqlDataSource>(database), s.GetRequiredService<ILogger<OutboxPump>>()));
        services.AddSingleton<IHostedService>(s => new OutboxListener(module,
            s.GetRequiredKeyedService<Outbox>(module), s.GetRequiredKeyedService<NpgsqlDataSource>(database),
            s.Migrated(database), s.GetRequiredService<ILogger<OutboxListener>>()));
        if (builder.IsInProcess())
            services.AddInProcess<THandler>(module, database, consumes);
        else
            services.AddOverBroker<THandler>(module, database, consumes);
    }

    /// <summary>One connection factory for all modules of the process.</summary>
    internal static void AddBroker(this IHostApplicationBuilder builder, string broker)
    {
        if (builder.Services.Any(s => s.ServiceType == typeof(IConnectionFactory)))
            return;
        builder.AddRabbitMQClient(broker, settings =>
        {
            // The spans and health checks of this layer are more specific than those of the client below.
            settings.DisableHealthChecks = true;
            settings.DisableTracing = true;
        }, factory =>
        {
            factory.AutomaticRecoveryEnabled = false;
            factory.RequestedHeartbeat = TimeSpan.FromSeconds(10);
            factory.RequestedConnectionTimeout = TimeSpan.FromSeconds(5);
            // The broker's own maximum: a larger message would close the client's connection, again and again.
            factory.MaxInboundMessageBodySize = 128 * 1024 * 1024;
        });
    }

    private static void AddOverBroker<THandler>(this IServiceCollection services, string module, string database, EventType[] consumes)
        where THandler : class, IEventHandler
    {
        services.AddKeyedSingleton<BrokerSession>(module, (s, _) => new OutboxRelay(module, s.GetRequiredKeyedService<OutboxPump>(module),
            s.GetRequiredService<IConnectionFactory>(), s.Migrated(database), s.GetRequiredService<ILogger<OutboxRelay>>()));
        services.AddKeyedSingleton<BrokerSession>(module, (s, _) => new QueueConsumer(s.Subscription<THandler>(Topology.System, module, consumes),
            s.GetRequiredKeyedService<NpgsqlDataSource>(database), s.GetRequiredService<IConnectionFactory>(),
            s.Migrated(database), s.GetRequiredService<ILogger<QueueConsumer>>()));
        services.AddKeyedSingleton<IDeadLetterQueue>(module, (s, _) => new DeadLetterQueue(module, s.GetRequiredService<IConnectionFactory>()));
        services.AddSingleton<IHostedService>(s => s.GetKeyedServices<BrokerSession>(module).First());
        services.AddSingleton<IHostedService>(s => s.GetKeyedServices<BrokerSession>(module).Last());
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            $"{module} messaging", s => new BrokerHealth(s.GetKeyedServices<BrokerSession>(module)), failureStatus: null, tags: null));
    }

    private static void AddInProcess<THandler>(this IServiceCollection services, string module, string database, EventType[] consumes)
        where THandler : class, IEventHandler
    {
        services.AddKeyedSingleton(module, (s, _) => new DeadLetterTable(module, s.GetRequiredKeyedService<NpgsqlDataSource>(database)));
        services.AddKeyedSingleton<IDeadLetterQueue>(module, (s, _) => s.GetRequiredKeyedService<DeadLetterTable>(module));
        services.AddKeyedSingleton(module, (s, _) => s.ModuleQueue<THandler>(module, database, consumes));
        services.AddSingleton(s => s.GetRequiredKeyedService<ModuleQueue>(module));
        services.AddSingleton<IHostedService>(s => s.GetRequiredKeyedService<ModuleQueue>(module));
        services.AddSingleton<IHostedService>(s => new ModuleRelay(module, s.GetRequiredKeyedService<OutboxPump>(module),
            new ModulePublisher(module, [.. s.GetServices<ModuleQueue>()], s.GetRequiredService<Outside>()),
            s.Migrated(database), s.GetRequiredService<ILogger<ModuleRelay>>()));
    }

    private static ModuleQueue ModuleQueue<THandler>(this IServiceProvider services, string module, string database, EventType[] consumes)
        where THandler : class, IEventHandler
    {
        var subscription = services.Subscription<THandler>("in_process", module, consumes);
        var logger = services.GetRequiredService<ILogger<ModuleQueue>>();
        var retries = new Retries(subscription, services.GetRequiredKeyedService<NpgsqlDataSource>(database));
        return new(subscription, new(subscription, services.GetRequiredKeyedService<DeadLetterTable>(module), retries, logger), services.Migrated(database), logger);
    }

    private static Subscription Subscription<THandler>(this IServiceProvider services, string system, string module, EventType[] consumes)
        where THandler : class, IEventHandler =>
        new(system, module, consumes.ToDictionary(t => t.Name), services.GetRequiredService<THandler>(), services.GetRequiredService<IOptions<MessagingOptions>>().Value);

    private static Task Migrated(this IServiceProvider services, string database) =>
        services.GetRequiredKeyedService<Migrator>(database).Completed;
}
