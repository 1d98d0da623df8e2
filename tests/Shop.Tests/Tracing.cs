using System.Text.Json;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Shop.Tests;

public sealed class Tracing(ShopFixture shop) : ShopTest(shop)
{
    private static readonly string[] s_services = ["gateway", "ordering", "inventory", "payment", "notifications"];

    [Fact]
    public async Task One_trace_spans_every_service_of_an_order_whatever_its_language()
    {
        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((15, 1)), Cancelled);
        await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled);

        using var dashboard = new HttpClient { BaseAddress = Shop.App.GetEndpoint("aspire-dashboard") };
        dashboard.DefaultRequestHeaders.Add("x-api-key", Shop.App.Services.GetRequiredService<IConfiguration>()["AppHost:DashboardApiKey"]);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        var seen = "";
        do
        {
            using var spans = JsonDocument.Parse(await dashboard.GetStringAsync("/api/telemetry/spans?limit=5000", limit.Token));
            var traces = ServicesByTrace(spans.RootElement);
            if (traces.Any(services => s_services.All(services.Contains)))
            {
                return;
            }

            seen = string.Join("; ", traces.Select(services => string.Join("+", services)).Distinct());
        }
        while (await NextAsync(poll, limit.Token));

        Assert.Fail($"No trace has spans of {string.Join(", ", s_services)}. Traces had: {seen}");
    }

    private static List<HashSet<string>> ServicesByTrace(JsonElement telemetry)
    {
        var byTrace = new Dictionary<string, HashSet<string>>();
        foreach (var resource in telemetry.GetProperty("data").GetProperty("resourceSpans").EnumerateArray())
        {
            var service = resource.GetProperty("resource").GetProperty("attributes").EnumerateArray()
                .Single(a => a.GetProperty("key").GetString() == "service.name").GetProperty("value").GetProperty("stringValue").GetString()!;
            foreach (var span in resource.GetProperty("scopeSpans").EnumerateArray().SelectMany(s => s.GetProperty("spans").EnumerateArray()))
            {
                var trace = span.GetProperty("traceId").GetString()!;
                (byTrace.TryGetValue(trace, out var services) ? services : byTrace[trace] = []).Add(service);
            }
        }

        return [.. byTrace.Values];
    }

    private static async Task<bool> NextAsync(PeriodicTimer poll, CancellationToken limit)
    {
        try
        {
            return await poll.WaitForNextTickAsync(limit);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
