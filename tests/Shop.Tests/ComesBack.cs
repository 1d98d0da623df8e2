using System.Net;
using System.Net.Http.Json;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace Shop.Tests;

/// <summary>What <c>kill -9</c> of one part does, and that the restart command brings it back with its data; a shape's tests name its parts.</summary>
public abstract class ComesBack(ShopFixture shop) : ShopTest(shop)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    protected async Task KilledItComesBackAsync(string resource)
    {
        var kept = await Gateway.WaitForOutcomeAsync((await Gateway.PlaceAsync(ShopApi.OrderOf((11, 1)), Cancelled)).Id, Cancelled);
        var stock = await Gateway.StockOfAsync(11, Cancelled);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(s_limit);

        await Shop.KillAsync(resource, limit.Token);
        await Shop.CommandAsync(resource, KnownResourceCommands.RestartCommand, limit.Token);
        await Shop.WaitUntilHealthyAsync(limit.Token);
        // Aspire keeps the result of the last check before the restart until the first one after it.
        await Eventually.IsAsync(async () => $"{await StatusOfAsync("/api/stock/11")}, {await StatusOfAsync($"/api/orders/{kept.Id}")}", statuses => statuses == "OK, OK", s_limit);

        Assert.Equal(stock, await Gateway.StockOfAsync(11, Cancelled));
        Assert.Equal("Confirmed", (await Gateway.GetFromJsonAsync<Order>($"/api/orders/{kept.Id}", Cancelled))!.Status);
        var next = await Gateway.WaitForOutcomeAsync((await Gateway.PlaceAsync(ShopApi.OrderOf((11, 1)), Cancelled)).Id, Cancelled);
        Assert.Equal("Confirmed", next.Status);
    }

    private async Task<HttpStatusCode> StatusOfAsync(string path)
    {
        using var response = await Gateway.GetAsync(path, Cancelled);
        return response.StatusCode;
    }
}
