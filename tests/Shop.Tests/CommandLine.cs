using System.Text.Json;
using Xunit;

namespace Shop.Tests;

/// <summary>The official CLI against the shop, as README shows it. Its <c>stop</c> sends SIGTERM.</summary>
public sealed class CommandLine(ShopFixture first)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [LongFact]
    public async Task The_aspire_command_starts_shows_restarts_and_stops_the_shop_and_leaves_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has left is looked up in /proc, which only Linux has.");
        var stock = await first.Gateway.StockOfAsync(13, Cancelled);
        using var cli = new AspireCli();
        await cli.RestoreAsync();

        await cli.RunAsync("start", "--isolated", "--no-build", "--", "--KeepData", "false");
        foreach (var resource in (string[])["gateway", "ordering", "inventory", "payment"])
            await cli.RunAsync($"wait {resource}", "--timeout", "120");
        Assert.Equal("running", Assert.Single(Json(await cli.RunAsync("ps", "--format", "Json")).EnumerateArray()).GetProperty("status").GetString());

        var resources = Json(await cli.RunAsync("describe", "--format", "Json")).GetProperty("resources").EnumerateArray().ToLookup(r => r.GetProperty("displayName").GetString()!);
        Assert.All(resources.SelectMany(r => r), r => Assert.Equal("Running", r.GetProperty("state").GetString()));
        Assert.Equal(2, resources["catalog"].Count());
        using var gateway = new HttpClient { BaseAddress = new(resources["gateway"].Single().GetProperty("urls")[0].GetProperty("url").GetString()!) };
        var placed = await gateway.PlaceAsync(ShopApi.OrderOf((13, 5)), Cancelled);
        Assert.Equal("Confirmed", (await gateway.WaitForOutcomeAsync(placed.Id, Cancelled)).Status);
        Assert.Equal(stock, await first.Gateway.StockOfAsync(13, Cancelled));

        Assert.Contains("Schema ordering", await cli.RunAsync("logs ordering"), StringComparison.Ordinal);
        await Eventually.IsAsync(() => cli.RunAsync("otel traces", "--format", "Json"), traces => traces.Contains("POST /api/orders", StringComparison.Ordinal), s_limit);

        await cli.RunAsync("resource inventory restart");
        await cli.RunAsync("wait inventory", "--timeout", "60");

        await cli.RunAsync("stop");
        Assert.True(await Eventually.IsTrueAsync(() => cli.Family().Count == 0, s_limit), $"Left: {string.Join(", ", cli.Family())}");
        Assert.Empty(Json(await cli.RunAsync("ps", "--format", "Json")).EnumerateArray());
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
