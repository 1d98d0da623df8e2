using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Shop.Tests;

public class Ordering(ShopFixture shop) : ShopTest(shop)
{
    [Fact]
    public async Task An_order_takes_its_stock_is_paid_and_becomes_Confirmed()
    {
        var before = await Gateway.StockOfAsync(3, Cancelled);

        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((3, 2)), Cancelled);
        var order = await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled);

        Assert.Equal("Confirmed", order.Status);
        Assert.Equal(["Submitted", "Reserved", "Confirmed"], order.History.Select(h => h.Status));
        Assert.Equal(new Stock(3, before.Available - 2, before.Reserved + 2), await Gateway.StockOfAsync(3, Cancelled));
    }

    [Fact]
    public async Task An_order_costs_what_the_catalogue_says()
    {
        var product = await Gateway.GetFromJsonAsync<Product>("/api/products/4", Cancelled);

        var order = await Gateway.PlaceAsync(ShopApi.OrderOf((4, 3)), Cancelled);

        Assert.Equal((product!.Price * 3, product.Currency), (order.Total, order.Currency));
    }

    [Fact]
    public async Task An_order_at_another_total_than_now_is_refused_with_the_prices_and_accepted_at_those()
    {
        var key = Guid.NewGuid().ToString("N");
        using var refused = await Gateway.PostOrderAsync(Order(total: 1), key, Cancelled);

        var problem = await refused.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
        Assert.Equal((422, "urn:msa-aspire:problem:price-changed"), ((int)refused.StatusCode, problem.GetProperty("type").GetString()));
        Assert.Equal("EUR", problem.GetProperty("currency").GetString());
        Assert.Equal(4, Assert.Single(problem.GetProperty("items").EnumerateArray()).GetProperty("productId").GetInt32());
        using var accepted = await Gateway.PostOrderAsync(Order(problem.GetProperty("total").GetDecimal()), key, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);

        static object Order(decimal total) =>
            new { Customer = "Ada", Items = (OrderLine[])[new(4, 3)], Payment = new Payment("tok_ok"), Total = total, Currency = "EUR" };
    }

    [Fact]
    public async Task An_order_of_more_than_there_is_becomes_Rejected_and_takes_nothing()
    {
        const int SoldOut = 48;
        var before = (await Gateway.StockOfAsync(5, Cancelled), await Gateway.StockOfAsync(SoldOut, Cancelled));

        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((5, 1), (SoldOut, 1)), Cancelled);
        var order = await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled);

        Assert.Equal("Rejected", order.Status);
        Assert.NotNull(order.Reason);
        Assert.Equal(before, (await Gateway.StockOfAsync(5, Cancelled), await Gateway.StockOfAsync(SoldOut, Cancelled)));
    }

    [Fact]
    public async Task The_same_key_and_body_give_the_same_order()
    {
        var key = Guid.NewGuid().ToString("N");
        var body = ShopApi.OrderOf((7, 1));

        using var first = await Gateway.PostOrderAsync(body, key, Cancelled);
        using var second = await Gateway.PostOrderAsync(body, key, Cancelled);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        var (one, two) = (await first.Content.ReadFromJsonAsync<Order>(Cancelled), await second.Content.ReadFromJsonAsync<Order>(Cancelled));
        Assert.Equal(one!.Id, two!.Id);
        Assert.EndsWith($"/api/orders/{one.Id}", first.Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        var key = Guid.NewGuid().ToString("N");
        using var first = await Gateway.PostOrderAsync(ShopApi.OrderOf((8, 1)), key, Cancelled);

        using var second = await Gateway.PostOrderAsync(ShopApi.OrderOf((8, 2)), key, Cancelled);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, second.StatusCode);
    }

    [Fact]
    public async Task Two_hundred_orders_at_once_end_and_the_stock_adds_up()
    {
        var before = await Gateway.StockOfAsync(9, Cancelled);

        var placed = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Gateway.PlaceAsync(ShopApi.OrderOf((9, 1)), Cancelled)));
        var orders = await Task.WhenAll(placed.Select(o => Gateway.WaitForOutcomeAsync(o.Id, Cancelled)));

        var reserved = orders.Count(o => o.Status == "Confirmed");
        Assert.Equal(200, reserved + orders.Count(o => o.Status == "Rejected"));
        Assert.Equal(new Stock(9, before.Available - reserved, before.Reserved + reserved), await Gateway.StockOfAsync(9, Cancelled));
    }
}
