using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Shop.Tests;

/// <summary>The events of an order as a browser gets them, through the gateway.</summary>
public sealed class Notifications(ShopFixture shop) : ShopTest(shop)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    private sealed record StatusEvent(Guid OrderId, int Number, string Status, string? Reason, DateTimeOffset At);

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

    [Fact]
    public async Task Killed_and_started_again_it_tells_what_happened_meanwhile()
    {
        Process.GetProcessById(Shop.ProcessId("notifications")).Kill();
        await Shop.App.ResourceNotifications.WaitForResourceAsync("notifications", KnownResourceStates.TerminalStates, Cancelled);
        var meanwhile = await PlaceRejectedAsync();

        var started = await Shop.App.ResourceCommands.ExecuteCommandAsync(Shop.Instances("notifications").Single().ResourceId, KnownResourceCommands.StartCommand, Cancelled);
        Assert.True(started.Success, started.Message);
        await Shop.WaitUntilHealthyAsync(["notifications"], Cancelled);

        Assert.Equal(["Submitted", "Rejected"], (await ReadAsync(meanwhile.Id)).Select(e => e.Status));
        var next = await Gateway.PlaceAsync(ShopApi.OrderOf((18, 1)).PaidWith("tok_slow"), Cancelled);
        Assert.Equal(["Submitted", "Reserved", "Confirmed"], (await ReadAsync(next.Id)).Select(e => e.Status));
    }

    [Fact]
    public async Task A_stream_outlives_the_broker_and_misses_nothing()
    {
        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((18, 1)).PaidWith("tok_slow"), Cancelled);
        var reading = ReadAsync(placed.Id);

        Process.GetProcessById(Shop.ProcessId("broker-process")).Kill();
        await Shop.App.ResourceNotifications.WaitForResourceAsync("broker", KnownResourceStates.TerminalStates, Cancelled);
        var restarted = await Shop.App.ResourceCommands.ExecuteCommandAsync(Shop.Instances("broker").Single().ResourceId, KnownResourceCommands.RestartCommand, Cancelled);
        Assert.True(restarted.Success, restarted.Message);

        Assert.Equal(["Submitted", "Reserved", "Confirmed"], (await reading).Select(e => e.Status));
        await Shop.WaitUntilHealthyAsync(Cancelled);
    }

    private async Task<Order> PlaceRejectedAsync()
    {
        const int SoldOut = 48;
        return await Gateway.WaitForOutcomeAsync((await Gateway.PlaceAsync(ShopApi.OrderOf((SoldOut, 1)), Cancelled)).Id, Cancelled);
    }

    private async Task<HttpResponseMessage> OpenAsync(Guid order, int? lastEventId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/orders/{order}/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", $"{lastEventId}");
        }

        return await Gateway.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Reads a stream to its end.</summary>
    private async Task<IReadOnlyList<StatusEvent>> ReadAsync(Guid order, int? lastEventId = null)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(s_limit);
        using var response = await OpenAsync(order, lastEventId, limit.Token);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        var told = new List<StatusEvent>();
        try
        {
            var events = SseParser.Create(await response.Content.ReadAsStreamAsync(limit.Token));
            await foreach (var item in events.EnumerateAsync(limit.Token))
            {
                var status = JsonSerializer.Deserialize<StatusEvent>(item.Data, JsonSerializerOptions.Web)!;
                Assert.Equal(("status", $"{status.Number}"), (item.EventType, events.LastEventId));
                told.Add(status);
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"The events of {order} did not end within {s_limit.TotalSeconds:0} s; told were: {string.Join(", ", told)}");
        }

        return told;
    }
}
