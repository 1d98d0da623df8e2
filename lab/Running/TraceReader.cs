using System.Text.Json;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace MsaAspire.Lab.Running;

/// <summary>Reads a trace from the dashboard.</summary>
internal static class TraceReader
{
    private const int MostSpans = 5000;
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The services with a span in a trace, by the language of their telemetry library (<c>telemetry.sdk.language</c>).
    /// Waits until no more arrive.
    /// </summary>
    /// <exception cref="TimeoutException">No span of it arrived.</exception>
    public static async Task<IReadOnlyDictionary<string, IReadOnlySet<string>>> LanguagesAsync(
        ShopSystem system, string trace, TimeSpan limit, CancellationToken cancellation)
    {
        using var dashboard = new HttpClient { BaseAddress = system.App.GetEndpoint("aspire-dashboard"), Timeout = limit };
        var configuration = system.App.Services.GetRequiredService<IConfiguration>();
        dashboard.DefaultRequestHeaders.Add("x-api-key", configuration["AppHost:DashboardApiKey"]);
        var found = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        var (since, until) = (DateTime.UtcNow, DateTime.UtcNow + limit);
        while (DateTime.UtcNow < until)
        {
            var now = await ReadAsync(dashboard, trace, cancellation);
            if (now.Sum(l => l.Value.Count) != found.Sum(l => l.Value.Count))
                (found, since) = (now, DateTime.UtcNow);
            // Every service exports within some seconds.
            if (found.Count > 1 && DateTime.UtcNow - since > s_settled)
                break;
            await Task.Delay(250, cancellation);
        }

        return found.Count > 0
            ? found
            : throw new TimeoutException($"The dashboard had no span of the trace {trace} within {limit.TotalSeconds:0} s.");
    }

    private static async Task<Dictionary<string, IReadOnlySet<string>>> ReadAsync(
        HttpClient dashboard, string trace, CancellationToken cancellation)
    {
        using var telemetry = JsonDocument.Parse(await dashboard.GetStringAsync($"/api/telemetry/spans?limit={MostSpans}", cancellation));
        return telemetry.RootElement.GetProperty("data").GetProperty("resourceSpans").EnumerateArray()
            .Where(r => r.GetProperty("scopeSpans").EnumerateArray().SelectMany(s => s.GetProperty("spans").EnumerateArray())
                .Any(s => s.GetProperty("traceId").ValueEquals(trace)))
            .Select(r => r.GetProperty("resource")).GroupBy(r => Attribute(r, "telemetry.sdk.language"), r => Attribute(r, "service.name"))
            .ToDictionary(g => g.Key, IReadOnlySet<string> (g) => g.ToHashSet());
    }

    private static string Attribute(JsonElement resource, string key) => resource.GetProperty("attributes").EnumerateArray()
        .Where(a => a.GetProperty("key").ValueEquals(key))
        .Select(a => a.GetProperty("value").GetProperty("stringValue").GetString()).FirstOrDefault() ?? "unknown";
}
