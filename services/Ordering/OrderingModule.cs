using System.Text.Json;
using System.Text.Json.Serialization;
using MsaAspire.Contracts;
using MsaAspire.Data;
using MsaAspire.Messaging;
using MsaAspire.ServiceDefaults;

namespace MsaAspire.Ordering;

/// <summary>Accepts orders and owns their state.</summary>
public static class OrderingModule
{
    internal const string Name = "ordering", Database = "orderingdb", Broker = "broker";

    /// <summary>Adds the module; its connection strings are <c>orderingdb</c> and <c>broker</c>, and it calls the service <c>catalog</c>.</summary>
    public static void AddOrdering(this IHostApplicationBuilder builder)
    {
        builder.AddMessaging(Name, Database, Broker, typeof(OrderingModule).Assembly)
            .HandleBatches<OrderSagaHandler>(ShopEvents.StockReserved, ShopEvents.StockRejected, ShopEvents.PaymentSucceeded, ShopEvents.PaymentFailed);
        builder.Services.AddSingleton(new OrderTimeout(builder.Configuration.GetValue("Ordering:Deadline", TimeSpan.FromMinutes(5))));
        builder.Services.AddBackgroundLoop(services => ActivatorUtilities.CreateInstance<OrderDeadline>(services));
        builder.Services.AddRetention(Database, Name, "orders", "id", TimeSpan.FromDays(800), "status IN ('Confirmed', 'Rejected', 'Cancelled')");
        builder.Services.AddHttpClient<CatalogClient>("ordering catalog", client => client.BaseAddress = new Uri("http://catalog"));
        builder.Services.AddSingleton<PriceList>();
        builder.Services.AddValidation();
        builder.Services.AddOpenApi(Name, api => api.Describe(
            "Ordering",
            "Accepts orders and reports their status."
            + " An accepted order ends in `Confirmed`, `Rejected` (out of stock) or `Cancelled` (not paid), once, whatever fails meanwhile."));
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, OrderingJson.Default));
    }

    /// <summary>Maps the module's part of the shop's API.</summary>
    public static void MapOrdering(this IEndpointRouteBuilder routes)
    {
        var orders = routes.MapGroup("/api/orders").WithGroupName(Name).WithTags("Orders");
        orders.MapPost("", PlaceOrder.HandleAsync)
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .RefuseWhenOutboxIsFull(Name);
        orders.MapGet("/{id:guid}", GetOrder.HandleAsync)
            .ProducesProblem(StatusCodes.Status404NotFound).RetryOnLostConnection(Database);
        routes.MapMessaging(Name);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(OrderRequest))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(List<CatalogPrice>))]
[JsonSerializable(typeof(List<OrderItem>))]
internal sealed partial class OrderingJson : JsonSerializerContext;

/// <summary>How a request is written for its fingerprint.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrderRequest))]
internal sealed partial class FingerprintJson : JsonSerializerContext;
