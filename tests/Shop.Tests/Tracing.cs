using System.Globalization;
using System.Text.Json;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Shop.Tests;

public class Tracing(ShopFixture shop) : ShopTest(shop)
{
    private const int MostSpans = 5000;

    private static readonly TimeSpan s_longestTrace = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task One_trace_spans_every_service_of_an_order_whatever_its_language()
    {
        string[] services = ["gateway", .. Shop.Shape.Services, "notifications"];
        var placed = await Gateway.PlaceAsync(ShopApi.OrderOf((15, 1)), Cancelled);
        await Gateway.WaitForOutcomeAsync(placed.Id, Cancelled);

        await TracesAsync(
            $"A trace with spans of {string.Join(", ", services)}",
            traces => traces.Any(spans => services.All(service => spans.Any(s => s.Service == service))));
    }

    [Fact]
    public async Task Probes_and_polls_leave_no_traces()
    {
        await Gateway.PlaceAsync(ShopApi.OrderOf((15, 1)), Cancelled);

        // A span is exported when it ends, its parent later: old ones are complete.
        bool Settled(IEnumerable<Span> spans) => spans.All(s => s.Start < DateTimeOffset.UtcNow - TimeSpan.FromSeconds(5));
        var traces = await TracesAsync("An order's trace, complete with its statements", all => all.Any(spans => Settled(spans) && spans.Any(s => s.IsOfDatabase)));

        Assert.DoesNotContain(traces.Where(Settled), spans => spans.All(s => s.IsOfDatabase));
        Assert.DoesNotContain(traces, spans => spans.Any(s => s.Name.EndsWith("/health", StringComparison.Ordinal)));
    }

    /// <summary>The dashboard's traces as soon as they are as <paramref name="expected"/>.</summary>
    private async Task<IReadOnlyList<IGrouping<string, Span>>> TracesAsync(string what, Predicate<IReadOnlyList<IGrouping<string, Span>>> expected)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        IReadOnlyList<IGrouping<string, Span>> traces;
        do
        {
            traces = [.. (await SpansAsync(limit.Token)).GroupBy(s => s.Trace)];
            if (expected(traces))
            {
                return traces;
            }
        }
        while (await NextAsync(poll, limit.Token));

        var seen = traces.Select(spans => string.Join("+", spans.Select(s => $"{s.Service} {s.Name}").Distinct())).Distinct();
        throw new TimeoutException($"{what} did not come within 30 s. Traces had: {string.Join("; ", seen)}");
    }

    private async Task<IReadOnlyList<Span>> SpansAsync(CancellationToken limit)
    {
        using var dashboard = new HttpClient { BaseAddress = Shop.App.GetEndpoint("aspire-dashboard") };
        dashboard.DefaultRequestHeaders.Add("x-api-key", Shop.App.Services.GetRequiredService<IConfiguration>()["AppHost:DashboardApiKey"]);
        using var telemetry = JsonDocument.Parse(await dashboard.GetStringAsync($"/api/telemetry/spans?limit={MostSpans}", limit));
        List<Span> spans = [.. telemetry.RootElement.GetProperty("data").GetProperty("resourceSpans").EnumerateArray().SelectMany(
            resource => resource.GetProperty("scopeSpans").EnumerateArray().SelectMany(s => s.GetProperty("spans").EnumerateArray()),
            (resource, span) => Span.Of(Attribute(resource.GetProperty("resource"), "service.name")!, span))];
        if (spans.Count < MostSpans)
        {
            return spans;
        }

        // Of the oldest traces, some spans are beyond the limit.
        var whole = spans.Min(s => s.Start) + s_longestTrace;
        var cut = spans.Where(s => s.Start < whole).Select(s => s.Trace).ToHashSet();
        return [.. spans.Where(s => !cut.Contains(s.Trace))];
    }

    private static string? Attribute(JsonElement owner, string key) => owner.TryGetProperty("attributes", out var attributes)
        ? attributes.EnumerateArray().Where(a => a.GetProperty("key").ValueEquals(key))
            .Select(a => a.GetProperty("value").GetProperty("stringValue").GetString()).SingleOrDefault()
        : null;

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

    private sealed record Span(string Trace, string Service, string Name, DateTimeOffset Start, bool IsOfDatabase)
    {
        public static Span Of(string service, JsonElement span) => new(
            span.GetProperty("traceId").GetString()!,
            service,
            span.GetProperty("name").GetString()!,
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(span.GetProperty("startTimeUnixNano").GetString()!, CultureInfo.InvariantCulture) / 1_000_000),
            Attribute(span, "db.system.name") is not null);
    }
}
