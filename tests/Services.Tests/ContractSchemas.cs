using System.Text.Json;
using MsaAspire.Contracts;
using NJsonSchema;
using Xunit;

namespace Services.Tests;

public class ContractSchemas
{
    private static readonly PaymentRequest Payment = new("tok_ok", 184.90m, "EUR");

    public static TheoryData<EventType, object> Examples => new()
    {
        { ShopEvents.OrderSubmitted, new OrderSubmitted(Guid.NewGuid(), "ann", [new(1, 2), new(3, 1000)], Payment) },
        { ShopEvents.StockReserved, new StockReserved(Guid.NewGuid(), Payment) },
        { ShopEvents.StockRejected, new StockRejected(Guid.NewGuid(), StockRejected.OutOfStock, [1]) },
        { ShopEvents.StockRejected, new StockRejected(Guid.NewGuid(), StockRejected.UnknownProduct, [1, 2]) },
        { ShopEvents.PaymentSucceeded, new PaymentSucceeded(Guid.NewGuid(), 184.90m, "EUR") },
        { ShopEvents.PaymentFailed, new PaymentFailed(Guid.NewGuid(), "the card was declined") },
        { ShopEvents.OrderReserved, new OrderChanged(Guid.NewGuid(), 2, "Reserved", DateTimeOffset.UtcNow, null) },
        { ShopEvents.OrderRejected, new OrderChanged(Guid.NewGuid(), 2, "Rejected", DateTimeOffset.UtcNow, "out of stock: product 48") },
        { ShopEvents.OrderConfirmed, new OrderChanged(Guid.NewGuid(), 3, "Confirmed", DateTimeOffset.UtcNow, null) },
        { ShopEvents.OrderCancelled, new OrderChanged(Guid.NewGuid(), 3, "Cancelled", DateTimeOffset.UtcNow, "the card was declined") },
    };

    [Theory]
    [MemberData(nameof(Examples), DisableDiscoveryEnumeration = true)]
    public async Task What_is_sent_is_valid_by_its_schema(EventType type, object data) =>
        Assert.Empty((await SchemaAsync(type)).Validate(JsonSerializer.Serialize(data, type.Json)));

    [Fact]
    public void Every_event_has_an_example_and_a_schema_of_its_name() => Assert.All(ShopEvents.All, type =>
    {
        Assert.Contains(Examples, e => e.Data.Item1 == type);
        Assert.Contains($"\"{type.DataSchema}\"", ShopEvents.Schema(type), StringComparison.Ordinal);
    });

    [Fact]
    public async Task A_missing_field_is_refused_by_the_schema_and_by_the_reader()
    {
        foreach (var type in ShopEvents.All)
        {
            Assert.NotEmpty((await SchemaAsync(type)).Validate("{}"));
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("{}", type.Json));
        }
    }

    private static Task<JsonSchema> SchemaAsync(EventType type) =>
        JsonSchema.FromJsonAsync(ShopEvents.Schema(type), TestContext.Current.CancellationToken);
}
