using MsaAspire.Contracts;
using MsaAspire.Data;
using MsaAspire.Messaging;
using MsaAspire.ServiceDefaults;

namespace MsaAspire.Payment;

/// <summary>Charges each reserved order once, and refunds it when the order is cancelled later.</summary>
public static class PaymentModule
{
    internal const string Name = "payment", Database = "paymentdb", Broker = "broker";

    /// <summary>Adds the module; its connection strings are <c>paymentdb</c> and <c>broker</c>, and it calls <c>payment-provider</c>.</summary>
    public static void AddPayment(this IHostApplicationBuilder builder)
    {
        builder.AddMessaging(Name, Database, Broker, typeof(PaymentModule).Assembly)
            .HandleBatches<RequestCharges>(ShopEvents.PaymentRequested)
            .HandleBatches<CancelCharges>(ShopEvents.OrderCancelled);
        builder.Services.AddSingleton<DueCharges>();
        builder.Services.AddSingleton<ProviderAnswers>();
        builder.Services.AddSingleton<ProviderCalls>();
        builder.Services.AddBackgroundLoop(services => services.GetRequiredService<ProviderAnswers>());
        builder.Services.AddBackgroundLoop(services => services.GetRequiredService<ProviderCalls>());
        builder.Services.AddRetention(Database, Name, "charges", "order_id", TimeSpan.FromDays(800), "status NOT IN ('Pending', 'Voiding', 'Refunding')");
#pragma warning disable EXTEXP0001 // The attempts are this module's own, with one deadline each: the defaults would end tok_slow's.
        builder.Services.AddHttpClient<ProviderClient>("payment provider", client =>
        {
            client.BaseAddress = new Uri("http://payment-provider");
            client.Timeout = ProviderClient.Timeout;
        }).RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }

    /// <summary>Maps what the module offers inside; customers reach it through their orders.</summary>
    public static void MapPayment(this IEndpointRouteBuilder routes) => routes.MapMessaging(Name);
}
