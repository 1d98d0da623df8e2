using MsaAspire.Contracts;
using MsaAspire.Messaging;

namespace MsaAspire.Payment;

/// <summary>Charges each reserved order once, and refunds it when the order is cancelled later.</summary>
public static class PaymentModule
{
    internal const string Name = "payment", Database = "paymentdb", Broker = "broker";

    /// <summary>Adds the module; its connection strings are <c>paymentdb</c> and <c>broker</c>.</summary>
    public static void AddPayment(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PaymentProvider>();
        builder.Services.AddSingleton<Charges>();
        builder.Services.AddSingleton<ChargeRunner>();
        builder.Services.AddHostedService(services => services.GetRequiredService<ChargeRunner>());
        builder.AddMessaging<OrderEvents>(Name, Database, Broker, ShopEvents.StockReserved, ShopEvents.OrderCancelled);
    }

    /// <summary>Maps what the module offers inside; customers reach it through their orders.</summary>
    public static void MapPayment(this IEndpointRouteBuilder routes) => routes.MapMessaging(Name);
}
