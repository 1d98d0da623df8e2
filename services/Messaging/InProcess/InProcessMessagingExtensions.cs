using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaAspire.Contracts;
using MsaAspire.ServiceDefaults;
using RabbitMQ.Client;

namespace MsaAspire.Messaging.InProcess;

/// <summary>Messaging of modules that share one process: from outbox to inbox as between services, without a broker in between.</summary>
public static class InProcessMessagingExtensions
{
    /// <summary>
    /// Every module that is added after this call gets its events from the other modules in process. An event is still committed with its
    /// cause, handled at least once, and dropped by the inbox when it was handled before: a process that dies loses nothing.
    /// </summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="broker">The name of the broker's connection string.</param>
    /// <param name="outside">Events that are also published to other processes, over the broker.</param>
    public static void AddInProcessMessaging(this IHostApplicationBuilder builder, string broker, params EventType[] outside)
    {
        if (builder.Services.Any(s => s.ServiceType == typeof(OutboxDispatcher)))
            throw new InvalidOperationException("A module was added before AddInProcessMessaging, and would send its events to the broker. Call it first.");
        builder.AddBroker(broker);
        builder.Services.AddSingleton(services => new BrokerForwarder(
            outside.Select(t => t.Name).ToHashSet(StringComparer.Ordinal), services.GetRequiredService<IConnectionFactory>(), services.GetRequiredService<ILogger<BrokerForwarder>>()));
        builder.Services.AddBackgroundLoop(services => services.GetRequiredService<BrokerForwarder>());
    }

    internal static bool IsInProcess(this IHostApplicationBuilder builder) => builder.Services.Any(s => s.ServiceType == typeof(BrokerForwarder));
}
