using System.Diagnostics;
using System.Net.Http.Json;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Shop.Tests;

/// <summary>What <c>kill -9</c> of one part does, and that the restart command brings it back with its data.</summary>
public sealed class Faults(ShopFixture shop) : ShopTest(shop)
{
    public static TheoryData<string> Processes => [.. Modules.Services, "broker-process", "postgres-process"];

    [Theory]
    [MemberData(nameof(Processes))]
    public async Task A_killed_part_shows_in_its_state_and_comes_back_with_its_data(string process)
    {
        var resource = process.Replace("-process", "", StringComparison.Ordinal);
        var kept = await Gateway.WaitForOutcomeAsync((await Gateway.PlaceAsync(ShopApi.OrderOf((11, 1)), Cancelled)).Id, Cancelled);
        var stock = await Gateway.StockOfAsync(11, Cancelled);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(60));

        Process.GetProcessById(Shop.ProcessId(process)).Kill();
        await Shop.App.ResourceNotifications.WaitForResourceAsync(resource, e => KnownResourceStates.TerminalStates.Contains(e.Snapshot.State?.Text), limit.Token);

        var restarted = await Shop.App.ResourceCommands.ExecuteCommandAsync(Shop.Instances(resource).Single().ResourceId, KnownResourceCommands.RestartCommand, limit.Token);
        Assert.True(restarted.Success, restarted.Message);
        await Shop.WaitUntilHealthyAsync(limit.Token);

        Assert.Equal(stock, await Gateway.StockOfAsync(11, Cancelled));
        Assert.Equal("Confirmed", (await Gateway.GetFromJsonAsync<Order>($"/api/orders/{kept.Id}", Cancelled))!.Status);
        var next = await Gateway.WaitForOutcomeAsync((await Gateway.PlaceAsync(ShopApi.OrderOf((11, 1)), Cancelled)).Id, Cancelled);
        Assert.Equal("Confirmed", next.Status);
    }
}
