using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MsaAspire.Data;
using MsaAspire.Messaging.InProcess;
using MsaAspire.ServiceDefaults;
using Npgsql;
using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>Connects a module to the shop's events.</summary>
public static class MessagingExtensions
{
    /// <summary>After that no message comes again: a broker redelivers within minutes, a replay of the dead-letter queue within days.</summary>
    private static readonly TimeSpan s_redeliveries = TimeSpan.FromDays(14);

    /// <summary>
    /// Gives the module its database with outbox and inbox, the relay of its outbox, and its queue. Name its handlers on what is returned.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="module">Names the schema, the queue and the source of the module's events; also the key of its <see cref="Outbox"/>.</param>
    /// <param name="database">The name of the database's connection string.</param>
    /// <param name="broker">The name of the broker's connection string.</param>
    /// <param name="migrations">The assembly that carries the module's migrations.</param>
    public static MessagingBuilder AddMessaging(this IHostApplicationBuilder builder, string module, string database, string broker, Assembly migrations)
    {
        builder.AddDatabase(database, module, typeof(MessagingExtensions).Assembly, migrations);
        builder.AddBroker(broker);
        var services = builder.Services;
        services.AddOptions<MessagingOptions>().BindConfiguration("Messaging");
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, DeadLettersJson.Default));
        services.AddKeyedSingleton(module, (s, _) => new Outbox(module, s.GetRequiredKeyedService<NpgsqlDataSource>(database)));
        services.AddKeyedSingleton(module, (s, _) => new OutboxDispatcher(module,
            s.GetRequiredKeyedService<Outbox>(module), s.GetRequiredKeyedService<NpgsqlDataSource>(database), s.GetRequiredService<ILogger<OutboxDispatcher>>()));
        services.AddBackgroundLoop(s => new OutboxMonitor(module,
            s.GetRequiredKeyedService<Outbox>(module), s.GetRequiredKeyedService<NpgsqlDataSource>(database),
            s.Migrated(database), s.GetRequiredService<ILogger<OutboxMonitor>>()));
        // An event of somebody else may have an id that does not tell its age.
        services.AddRetention(database, module, "inbox", "message_id", s_redeliveries, "received_at < now() - $3");
        services.AddRetention(database, module, "suspects", "message_id", s_redeliveries);
        var messaging = new MessagingBuilder(services, module);
        if (builder.IsInProcess())
            services.AddInProcess(module, database, messaging);
        else
            services.AddOverBroker(module, database, messaging);
        return messaging;
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

    private static void AddOverBroker(this IServiceCollection services, string module, string database, MessagingBuilder messaging)
    {
        services.AddBackgroundLoop(s => new OutboxRelay(module, s.GetRequiredKeyedService<OutboxDispatcher>(module),
            s.GetRequiredService<IConnectionFactory>(), s.Migrated(database), s.GetRequiredService<ILogger<OutboxRelay>>()));
        services.AddBackgroundLoop(s => new QueueConsumer(s.Subscription(Topology.System, module, messaging),
            s.GetRequiredKeyedService<Outbox>(module), s.GetRequiredKeyedService<NpgsqlDataSource>(database), s.GetRequiredService<IConnectionFactory>(),
            s.Migrated(database), s.GetRequiredService<ILogger<QueueConsumer>>()));
        services.AddKeyedSingleton<IDeadLetterQueue>(module, (s, _) => new DeadLetterQueue(module, s.GetRequiredService<IConnectionFactory>()));
    }

    private static void AddInProcess(this IServiceCollection services, string module, string database, MessagingBuilder messaging)
    {
        services.AddKeyedSingleton(module, (s, _) => new DeadLetterTable(module, s.GetRequiredKeyedService<NpgsqlDataSource>(database)));
        services.AddKeyedSingleton<IDeadLetterQueue>(module, (s, _) => s.GetRequiredKeyedService<DeadLetterTable>(module));
        services.AddSingleton(s => new ModuleQueue(s.Subscription("in_process", module, messaging),
            s.GetRequiredKeyedService<Outbox>(module), s.GetRequiredKeyedService<NpgsqlDataSource>(database), s.GetRequiredKeyedService<DeadLetterTable>(module),
            s.Migrated(database), s.GetRequiredService<ILogger<ModuleQueue>>()));
        services.AddBackgroundLoop(s => s.GetServices<ModuleQueue>().Single(queue => queue.Module == module));
        services.AddBackgroundLoop(s => new ModuleRelay(module, s.GetRequiredKeyedService<OutboxDispatcher>(module),
            new ModulePublisher(module, [.. s.GetServices<ModuleQueue>()], s.GetRequiredService<BrokerForwarder>()),
            s.Migrated(database), s.GetRequiredService<ILogger<ModuleRelay>>()));
    }

    private static Subscription Subscription(this IServiceProvider services, string system, string module, MessagingBuilder messaging) =>
        new(system, module, messaging.Handlers, services.GetRequiredService<IServiceScopeFactory>(), services.GetRequiredService<IOptions<MessagingOptions>>().Value);

    private static Task Migrated(this IServiceProvider services, string database) =>
        services.GetRequiredKeyedService<Migrator>(database).Completed;
}
