using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaAspire.Contracts;

/// <summary>Every event that services of the shop exchange.</summary>
public static class ShopEvents
{
    /// <summary><c>order.submitted</c></summary>
    public static readonly EventType OrderSubmitted = new("order.submitted", 1, ShopEventsJson.Default.OrderSubmitted);

    /// <summary><c>stock.reserved</c></summary>
    public static readonly EventType StockReserved = new("stock.reserved", 1, ShopEventsJson.Default.StockReserved);

    /// <summary><c>stock.rejected</c></summary>
    public static readonly EventType StockRejected = new("stock.rejected", 1, ShopEventsJson.Default.StockRejected);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EventType> All { get; } = [OrderSubmitted, StockReserved, StockRejected];

    /// <summary>The text of an event type's JSON schema.</summary>
    public static string Schema(EventType type)
    {
        using var reader = new StreamReader(typeof(ShopEvents).Assembly.GetManifestResourceStream($"{type.Name}.v{type.Version}.json")!);
        return reader.ReadToEnd();
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OrderSubmitted))]
[JsonSerializable(typeof(StockReserved))]
[JsonSerializable(typeof(StockRejected))]
internal sealed partial class ShopEventsJson : JsonSerializerContext;
