using System.Security.Cryptography;
using System.Text;
using MsaAspire.Ordering;
using Xunit;

namespace Services.Tests;

public class OrderRequestRules(OrderingApi api) : IClassFixture<OrderingApi>
{
    private static readonly OrderRequest Good = new("ann", [new(1, 1), new(2, 1000)], new("tok_ok"));

    [Fact]
    public async Task A_good_request_has_no_errors()
    {
        Assert.Empty(await api.InvalidFieldsAsync(Good, new string('k', 64)));
        Assert.Empty(await api.InvalidFieldsAsync(new(new('a', 200), [.. Enumerable.Range(1, 100).Select(i => new RequestedItem(i, 1))], new(new('t', 100)))));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\tb")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task The_key_is_needed_and_has_at_most_64_characters(string? key) =>
        Assert.Equal("Idempotency-Key", Assert.Single(await api.InvalidFieldsAsync(Good, key)));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(1001)]
    [InlineData(null)]
    public async Task A_quantity_is_1_to_1000(int? quantity) =>
        Assert.Equal("items[1].quantity", Assert.Single(await api.InvalidFieldsAsync(Good with { Items = [new(1, 1), new(2, quantity)] })));

    public static TheoryData<string, OrderRequest> Incomplete => new()
    {
        { "items", Good with { Items = null } },
        { "items", Good with { Items = [] } },
        { "items", Good with { Items = [null] } },
        { "items", Good with { Items = [new(1, 1), new(1, 2)] } },
        { "items", Good with { Items = [.. Enumerable.Range(1, 101).Select(i => new RequestedItem(i, 1))] } },
        { "items[0].productId", Good with { Items = [new(null, 1)] } },
        { "customer", Good with { Customer = null } },
        { "customer", Good with { Customer = "   " } },
        { "customer", Good with { Customer = "a\0" } },
        { "customer", Good with { Customer = "a\n" } },
        { "customer", Good with { Customer = new('a', 201) } },
        { "payment", Good with { Payment = null } },
        { "payment.token", Good with { Payment = new(null) } },
        { "payment.token", Good with { Payment = new("") } },
        { "payment.token", Good with { Payment = new(new('t', 101)) } },
    };

    [Theory]
    [MemberData(nameof(Incomplete), DisableDiscoveryEnumeration = true)]
    public async Task A_field_that_is_not_as_it_must_be_is_named_as_the_client_wrote_it(string field, OrderRequest order) =>
        Assert.Equal(field, Assert.Single(await api.InvalidFieldsAsync(order)));

    [Fact]
    public async Task All_of_them_are_named_at_once() => Assert.Equal(
        ["Idempotency-Key", "customer", "items", "items[1].quantity", "payment.token"],
        (await api.InvalidFieldsAsync(new("", [new(1, 1), new(1, 0)], new("")), key: null)).Order(StringComparer.Ordinal));

    [Fact]
    public void The_fingerprint_is_of_what_is_meant_not_of_how_it_is_written()
    {
        Assert.Equal(Good.Fingerprint(), (Good with { Items = [new(2, 1000), new(1, 1)] }).Fingerprint());
        Assert.NotEqual(Good.Fingerprint(), (Good with { Items = [new(1, 2), new(2, 1000)] }).Fingerprint());
        Assert.NotEqual(Good.Fingerprint(), (Good with { Customer = "bob" }).Fingerprint());
        Assert.NotEqual(Good.Fingerprint(), (Good with { Payment = new("tok_slow") }).Fingerprint());
    }

    [Fact]
    public void The_fingerprint_does_not_depend_on_fields_that_a_later_version_adds()
    {
        // The fields of the first version, in their order.
        const string Written = """{"customer":"ann","items":[{"productId":1,"quantity":1},{"productId":2,"quantity":1000}],"payment":{"token":"tok_ok"}}""";
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(Written)), Good.Fingerprint());
        Assert.NotEqual(Good.Fingerprint(), (Good with { Total = 1 }).Fingerprint());
    }
}
