using Microsoft.Extensions.Diagnostics.HealthChecks;
using MsaAspire.Contracts;
using Xunit;

namespace Messaging.Tests;

/// <summary>A broker that is short of memory takes nothing from publishers until it is no longer.</summary>
public class BackPressure(Servers servers)
{
    private static readonly StockReserved Data = new(Guid.NewGuid());

    private readonly EventType _type = new($"test.{Guid.NewGuid():N}", 1, ShopEvents.StockReserved.Json);

    [Theory(DisableParallelization = true)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_broker_that_blocks_is_waited_for_and_health_says_why(bool handedOver)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The broker's environment is read from /proc, which only Linux has.");
        await using var module = await TestModule.StartAsync(servers, _type);
        await servers.Broker.BlockAsync();
        try
        {
            for (var i = 0; i < 300; i++)
                await module.CommitAsync(_type, Data, handOver: handedOver);
            var (_, reasons) = await Eventually.IsAsync(module.HealthAsync, health => health.Status == HealthStatus.Degraded);
            Assert.Contains("memory", reasons, StringComparison.Ordinal);
            Assert.Equal(300, await module.CountAsync("outbox"));
        }
        finally
        {
            await servers.Broker.UnblockAsync();
        }

        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 300);
        await Eventually.IsAsync(module.IsReadyAsync, ready => ready);
        Assert.Equal(300, module.Seen.Count);
    }
}
