using System.Net.ServerSentEvents;
using System.Text.Json;
using Xunit;

namespace Shop.Tests;

/// <summary>The events of an order as a browser gets them, through the gateway.</summary>
public abstract class EventStreams(ShopFixture shop) : ShopTest(shop)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    protected sealed record StatusEvent(Guid OrderId, int Number, string Status, string? Reason, string? ReasonCode, DateTimeOffset At);

    protected async Task<Order> PlaceRejectedAsync()
    {
        const int SoldOut = 48;
        return await Gateway.WaitForOutcomeAsync((await Gateway.PlaceAsync(ShopApi.OrderOf((SoldOut, 1)), Cancelled)).Id, Cancelled);
    }

    protected async Task<HttpResponseMessage> OpenAsync(Guid order, int? lastEventId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/orders/{order}/events");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", $"{lastEventId}");
        }

        return await Gateway.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Reads a stream to its end.</summary>
    protected async Task<IReadOnlyList<StatusEvent>> ReadAsync(Guid order, int? lastEventId = null)
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
