using System.Security.Cryptography;
using System.Text;
using MsaAspire.Ordering;
using Xunit;

namespace Services.Tests;

public class OrderRequestRules
{
    private static readonly OrderRequest Good = new("ann", [new(1, 1), new(2, 1000)], new("tok_ok"));

    [Fact]
    public void A_good_request_has_no_errors() => Assert.Empty(Good.Errors(new string('k', 64)));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void The_key_is_needed_and_has_at_most_64_characters(string? key) =>
        Assert.Equal(["Idempotency-Key"], Good.Errors(key).Keys);

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(1001)]
    [InlineData(null)]
    public void A_quantity_is_1_to_1000(int? quantity) =>
        Assert.Equal(["items[1]"], (Good with { Items = [new(1, 1), new(2, quantity)] }).Errors("k").Keys);

    [Fact]
    public void Items_are_needed_and_each_product_once()
    {
        Assert.Equal(["items"], (Good with { Items = null }).Errors("k").Keys);
        Assert.Equal(["items"], (Good with { Items = [] }).Errors("k").Keys);
        Assert.Equal(["items"], (Good with { Items = [new(1, 1), new(1, 2)] }).Errors("k").Keys);
        Assert.Equal(["items"], (Good with { Items = [.. Enumerable.Range(1, 101).Select(i => new RequestedItem(i, 1))] }).Errors("k").Keys);
        Assert.Equal(["items[0]"], (Good with { Items = [null] }).Errors("k").Keys);
    }

    [Fact]
    public void Customer_and_payment_are_needed_without_control_characters()
    {
        Assert.Equal(["customer"], (Good with { Customer = null }).Errors("k").Keys);
        Assert.Equal(["customer"], (Good with { Customer = "a\0" }).Errors("k").Keys);
        Assert.Equal(["payment.token"], (Good with { Payment = null }).Errors("k").Keys);
        Assert.Equal(["payment.token"], (Good with { Payment = new("") }).Errors("k").Keys);
    }

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
