using System.Net;
using System.Net.Http.Json;
using Xunit;

namespace Shop.Tests;

/// <summary>What the events of an order say.</summary>
public class Notifications(ShopFixture shop) : EventStreams(shop)
{
    [Fact]
    public async Task The_events_of_an_order_tell_each_status_once_and_end_at_the_final_one()
    {
        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((16, 1)).PaidWith("tok_slow"), Cancelled);

        var told = await ReadAsync(placed.Id);

        Assert.Equal([(1, "Submitted"), (2, "Reserved"), (3, "Confirmed")], told.Select(e => (e.Number, e.Status)));
        Assert.All(told, e => Assert.Equal((placed.Id, null), (e.OrderId, e.Reason)));
        var order = await Gateway.GetFromJsonAsync<Order>($"/api/orders/{placed.Id}", Cancelled);
        Assert.Equal(order!.History.Select(h => h.At), told.Select(e => e.At));
    }

    [Fact]
    public async Task The_events_of_a_rejected_order_say_why()
    {
        var placed = await PlaceRejectedAsync();

        var told = await ReadAsync(placed.Id);

        Assert.Equal([(1, "Submitted"), (2, "Rejected")], told.Select(e => (e.Number, e.Status)));
        Assert.Contains("out of stock", told[1].Reason, StringComparison.Ordinal);
        Assert.Equal([null, "out-of-stock"], told.Select(e => e.ReasonCode));
    }

    [Fact]
    public async Task A_client_that_comes_back_is_told_what_it_has_not_seen_and_nothing_after_the_end()
    {
        var placed = await PlaceRejectedAsync();

        Assert.Equal([2], (await ReadAsync(placed.Id, lastEventId: 1)).Select(e => e.Number));
        using var ended = await OpenAsync(placed.Id, lastEventId: 2, Cancelled);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
    }

    [Fact]
    public async Task An_unknown_order_has_no_events()
    {
        using var response = await OpenAsync(Guid.NewGuid(), lastEventId: null, Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("urn:msa-aspire:problem:unknown-order", (await response.Content.ReadFromJsonAsync<Problem>(Cancelled))!.Type);
    }
}
