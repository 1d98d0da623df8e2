using System.Text.Json;
using MsaAspire.Contracts;
using NJsonSchema;
using Xunit;

namespace Services.Tests;

public class ContractSchemas
{
    public static TheoryData<EventType, object> Examples => new()
    {
        { ShopEvents.OrderSubmitted, new OrderSubmitted(Guid.NewGuid(), [new(1, 2), new(3, 1000)]) },
        { ShopEvents.StockReserved, new StockReserved(Guid.NewGuid()) },
        { ShopEvents.StockRejected, new StockRejected(Guid.NewGuid(), StockRejected.OutOfStock, [1]) },
        { ShopEvents.StockRejected, new StockRejected(Guid.NewGuid(), StockRejected.UnknownProduct, [1, 2]) },
        { ShopEvents.PaymentRequested, new PaymentRequested(Guid.NewGuid(), "tok_ok", 184.90m, "EUR") },
        { ShopEvents.PaymentSucceeded, new PaymentSucceeded(Guid.NewGuid(), 184.90m, "EUR") },
        { ShopEvents.PaymentFailed, new PaymentFailed(Guid.NewGuid(), "the card was declined", ReasonCodes.CardDeclined) },
        { ShopEvents.OrderReserved, new OrderChanged(Guid.NewGuid(), 2, "Reserved", DateTimeOffset.UtcNow, null) },
        { ShopEvents.OrderRejected, new OrderChanged(Guid.NewGuid(), 2, "Rejected", DateTimeOffset.UtcNow, "out of stock: product 48", ReasonCodes.OutOfStock) },
        { ShopEvents.OrderConfirmed, new OrderChanged(Guid.NewGuid(), 3, "Confirmed", DateTimeOffset.UtcNow, null) },
        { ShopEvents.OrderCancelled, new OrderChanged(Guid.NewGuid(), 3, "Cancelled", DateTimeOffset.UtcNow, "the card was declined", ReasonCodes.CardDeclined) },
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

    [Fact]
    public async Task An_event_of_an_older_version_is_read_as_the_newer_one()
    {
        var id = Guid.NewGuid();
        var submitted = $$"""{"orderId":"{{id}}","customer":"ann","items":[{"productId":1,"quantity":2}],"payment":{"token":"tok_ok","amount":1,"currency":"EUR"} }""";
        var older = Assert.Single(ShopEvents.OrderSubmitted.Older);
        Assert.Empty((await SchemaAsync(older.Type)).Validate(submitted));

        var data = Assert.IsType<OrderSubmitted>(older.Upcast(JsonSerializer.Deserialize(submitted, older.Type.Json)!));

        Assert.Equal(id, data.OrderId);
        Assert.Equal([new(1, 2)], data.Items);
    }

    private static Task<JsonSchema> SchemaAsync(EventType type) =>
        JsonSchema.FromJsonAsync(ShopEvents.Schema(type), TestContext.Current.CancellationToken);
}
