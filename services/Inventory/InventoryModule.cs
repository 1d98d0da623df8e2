using System.Text.Json.Serialization;
using MsaAspire.Contracts;
using MsaAspire.Data;
using MsaAspire.Messaging;
using MsaAspire.ServiceDefaults;

namespace MsaAspire.Inventory;

/// <summary>How much of each product there is, and for which orders it is reserved.</summary>
public static class InventoryModule
{
    internal const string Name = "inventory", Database = "inventorydb", Broker = "broker";

    /// <summary>Adds the module; its connection strings are <c>inventorydb</c> and <c>broker</c>.</summary>
    public static void AddInventory(this IHostApplicationBuilder builder)
    {
        // Submitted orders go first: if a batch contains both events of one order, the other way round costs more.
        builder.AddMessaging(Name, Database, Broker, typeof(InventoryModule).Assembly)
            .HandleBatches<ReserveStock>(ShopEvents.OrderSubmitted)
            .HandleBatches<ReleaseStock>(ShopEvents.OrderCancelled);
        builder.Services.AddRetention(Database, Name, "reservations", "order_id", TimeSpan.FromDays(400));
        builder.Services.AddOpenApi(Name, api => api.Describe("Inventory", "How much of each product there is."));
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, InventoryJson.Default));
    }

    /// <summary>Maps the module's part of the shop's API.</summary>
    public static void MapInventory(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/stock/{productId:int}", GetStock.HandleAsync)
            .WithGroupName(Name).WithTags("Stock").ProducesProblem(StatusCodes.Status404NotFound).RetryOnLostConnection(Database);
        routes.MapMessaging(Name);
    }
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Stock))]
[JsonSerializable(typeof(IReadOnlyList<OrderLine>))]
internal sealed partial class InventoryJson : JsonSerializerContext;
