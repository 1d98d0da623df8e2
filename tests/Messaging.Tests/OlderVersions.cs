using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Xunit;

namespace Messaging.Tests;

/// <summary>Two versions of an event in flight at once, as in a rolling update of its publisher.</summary>
public class OlderVersions(Servers servers)
{
    [Fact]
    public async Task A_subscriber_of_the_newer_version_reads_both()
    {
        var name = $"test.{Guid.NewGuid():N}";
        var older = new EventType(name, 1, ShopEvents.PaymentRequested.Json);
        var newer = new EventType(name, 2, ShopEvents.StockReserved.Json).Reads<PaymentRequested>(older, data => new StockReserved(data.OrderId));
        await using var module = await TestModule.StartAsync(servers, newer);
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());

        await module.PublishAsync(name, CloudEvent.Write(Guid.CreateVersion7(), "/test", older, new PaymentRequested(first, "tok_ok", 1, "EUR")));
        await module.PublishAsync(name, CloudEvent.Write(Guid.CreateVersion7(), "/test", newer, new StockReserved(second)));

        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 2);
        Assert.Equal([new StockReserved(first), new StockReserved(second)], module.Seen.Select(e => (StockReserved)e.Data));
        Assert.All(module.Seen, e => Assert.Equal(2, e.Type.Version));
    }
}
