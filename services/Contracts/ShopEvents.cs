using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaAspire.Contracts;

/// <summary>Every event that services of the shop exchange.</summary>
public static class ShopEvents
{
    /// <summary><c>order.submitted</c></summary>
    public static readonly EventType OrderSubmitted = new EventType("order.submitted", 2, ShopEventsJson.Default.OrderSubmitted, "inventory")
        .Reads<OrderSubmittedV1>(new("order.submitted", 1, ShopEventsJson.Default.OrderSubmittedV1), older => new OrderSubmitted(older.OrderId, older.Items));

    /// <summary><c>stock.reserved</c></summary>
    public static readonly EventType StockReserved = new EventType("stock.reserved", 2, ShopEventsJson.Default.StockReserved, "ordering")
        .Reads<StockReservedV1>(new("stock.reserved", 1, ShopEventsJson.Default.StockReservedV1), older => new StockReserved(older.OrderId));

    /// <summary><c>stock.rejected</c></summary>
    public static readonly EventType StockRejected = new("stock.rejected", 1, ShopEventsJson.Default.StockRejected, "ordering");

    /// <summary><c>order.reserved</c></summary>
    public static readonly EventType OrderReserved = new("order.reserved", 1, ShopEventsJson.Default.OrderChanged);

    /// <summary><c>order.rejected</c></summary>
    public static readonly EventType OrderRejected = new("order.rejected", 1, ShopEventsJson.Default.OrderChanged);

    /// <summary><c>order.confirmed</c></summary>
    public static readonly EventType OrderConfirmed = new("order.confirmed", 1, ShopEventsJson.Default.OrderChanged);

    /// <summary><c>order.cancelled</c></summary>
    public static readonly EventType OrderCancelled = new("order.cancelled", 1, ShopEventsJson.Default.OrderChanged, "inventory", "payment");

    /// <summary><c>payment.requested</c></summary>
    public static readonly EventType PaymentRequested = new("payment.requested", 1, ShopEventsJson.Default.PaymentRequested, "payment");

    /// <summary><c>payment.succeeded</c></summary>
    public static readonly EventType PaymentSucceeded = new("payment.succeeded", 1, ShopEventsJson.Default.PaymentSucceeded, "ordering");

    /// <summary><c>payment.failed</c></summary>
    public static readonly EventType PaymentFailed = new("payment.failed", 1, ShopEventsJson.Default.PaymentFailed, "ordering");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EventType> All { get; } =
        [OrderSubmitted, StockReserved, StockRejected, PaymentRequested, PaymentSucceeded, PaymentFailed, OrderReserved, OrderRejected, OrderConfirmed, OrderCancelled];

    /// <summary>The events that each module must receive, by the module's name.</summary>
    public static ILookup<string, EventType> BySubscriber { get; } =
        All.SelectMany(type => type.Subscribers, (type, subscriber) => (type, subscriber)).ToLookup(s => s.subscriber, s => s.type);

    /// <summary>The names of the events that may go to nobody: they are for those that listen at the moment.</summary>
    public static IReadOnlySet<string> WithoutSubscriber { get; } =
        All.Where(type => type.Subscribers is []).Select(type => type.Name).ToHashSet(StringComparer.Ordinal);

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
[JsonSerializable(typeof(OrderSubmittedV1))]
[JsonSerializable(typeof(StockReservedV1))]
[JsonSerializable(typeof(PaymentRequested))]
[JsonSerializable(typeof(PaymentSucceeded))]
[JsonSerializable(typeof(PaymentFailed))]
[JsonSerializable(typeof(OrderChanged))]
internal sealed partial class ShopEventsJson : JsonSerializerContext;
