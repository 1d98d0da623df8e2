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

    /// <summary><c>order.reserved</c></summary>
    public static readonly EventType OrderReserved = new("order.reserved", 1, ShopEventsJson.Default.OrderChanged);

    /// <summary><c>order.rejected</c></summary>
    public static readonly EventType OrderRejected = new("order.rejected", 1, ShopEventsJson.Default.OrderChanged);

    /// <summary><c>order.confirmed</c></summary>
    public static readonly EventType OrderConfirmed = new("order.confirmed", 1, ShopEventsJson.Default.OrderChanged);

    /// <summary><c>order.cancelled</c></summary>
    public static readonly EventType OrderCancelled = new("order.cancelled", 1, ShopEventsJson.Default.OrderChanged);

    /// <summary><c>payment.succeeded</c></summary>
    public static readonly EventType PaymentSucceeded = new("payment.succeeded", 1, ShopEventsJson.Default.PaymentSucceeded);

    /// <summary><c>payment.failed</c></summary>
    public static readonly EventType PaymentFailed = new("payment.failed", 1, ShopEventsJson.Default.PaymentFailed);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EventType> All { get; } =
        [OrderSubmitted, StockReserved, StockRejected, PaymentSucceeded, PaymentFailed, OrderReserved, OrderRejected, OrderConfirmed, OrderCancelled];

    /// <summary>Events for current subscribers only; having none is not an error. Every other event has a consumer that must receive it.</summary>
    public static IReadOnlySet<string> News { get; } = new HashSet<string>(StringComparer.Ordinal) { OrderReserved.Name, OrderRejected.Name, OrderConfirmed.Name };

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
[JsonSerializable(typeof(PaymentSucceeded))]
[JsonSerializable(typeof(PaymentFailed))]
[JsonSerializable(typeof(OrderChanged))]
internal sealed partial class ShopEventsJson : JsonSerializerContext;
