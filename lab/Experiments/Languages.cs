using System.Net.ServerSentEvents;
using MsaAspire.Contracts;
using MsaAspire.Lab.Results;
using MsaAspire.Lab.Running;
using MsaAspire.Lab.Statistics;
using NJsonSchema;

namespace MsaAspire.Lab.Experiments;

/// <summary>Which languages process one order, and whether their messages conform to the contract.</summary>
public sealed class Languages : Experiment
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public override Description About => LanguagesText.Description;

    /// <inheritdoc/>
    public override async Task RunAsync(Plan plan, Findings findings, CancellationToken cancellation)
    {
        var schemas = new Dictionary<string, JsonSchema>(StringComparer.Ordinal);
        foreach (var type in ShopEvents.All)
            schemas[type.Name] = await JsonSchema.FromJsonAsync(ShopEvents.Schema(type), cancellation);
        foreach (var shape in Shapes.Both)
        {
            plan.Say($"{shape}: starting");
            await using var system = await ShopSystem.StartAsync(new(shape) { Dashboard = true }, cancellation);
            await using var events = await EventLog.ListenAsync(await system.BrokerAsync(cancellation), cancellation);
            using var client = new HttpClient { BaseAddress = system.Gateway, Timeout = s_limit };
            foreach (var round in Enumerable.Range(1, plan.Rounds))
            {
                plan.Say($"{shape}: order {round}");
                void Add(string @case, string metric, string unit, double value) =>
                    findings.Add(new Measurement(@case, shape, metric, unit, round, value));
                var (trace, told) = await OrderAsync(client, cancellation);
                foreach (var (language, services) in await TraceReader.LanguagesAsync(system, trace, s_limit, cancellation))
                    Add(language, "services", "services", services.Count);
                var sent = events.Take();
                Add("dotnet", "events", "events", sent.Count);
                Add("dotnet", "invalid", "events", sent.Count(e =>
                    !schemas.TryGetValue(e.Type, out var schema) || schema.Validate(e.Data).Count > 0));
                Add("nodejs", "events", "events", told.Count);
                // What the TypeScript service has read, it forwards in the form of the same contract.
                Add("nodejs", "invalid", "events", told.Count(data =>
                    schemas[ShopEvents.OrderConfirmed.Name].Validate(data).Count > 0
                    && schemas[ShopEvents.OrderReserved.Name].Validate(data).Count > 0
                    && !data.Contains("\"Submitted\"", StringComparison.Ordinal)));
                if (sent.Count == 0 || told.Count == 0)
                {
                    findings.Invalid(
                        $"{shape}, order {round}: {sent.Count} events were received and {told.Count} forwarded: "
                        + "nothing to compare with the contract.");
                }
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Verdict> Judge(Evidence evidence)
    {
        var languages = evidence.All.Where(m => m is { Shape: Shapes.Microservices, Metric: "services", Value: > 0 })
            .GroupBy(m => m.Round).Select(r => (double)r.Count()).ToList();
        var first = evidence.All.Where(m => m is { Metric: "services", Round: 1 });
        yield return Rules.AtLeast(languages, 2, "languages").On(
            "several", [.. first.Select(m => $"{m.Shape}: {m.Case} {m.Value:0} services")]);
        var invalid = evidence.All.Where(m => m.Metric == "invalid").ToList();
        var events = evidence.All.Where(m => m.Metric == "events").Sum(m => m.Value);
        yield return Rules.None([.. invalid.Select(m => m.Value)], "events").On(
            "contract", $"{events:0} events, {invalid.Sum(m => m.Value):0} invalid");
    }

    /// <summary>Places an order, follows its events to the end, and returns its trace and what the stream told.</summary>
    private static async Task<(string Trace, IReadOnlyList<string> Told)> OrderAsync(HttpClient client, CancellationToken cancellation)
    {
        var trace = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Content = new StringContent(
                """{"customer":"Ada","items":[{"productId":1,"quantity":1}],"payment":{"token":"tok_ok"}}""",
                System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Guid.NewGuid().ToString("N"));
        request.Headers.TryAddWithoutValidation("traceparent", $"00-{trace}-{trace[..16]}-01");
        using var answer = await client.SendAsync(request, cancellation);
        answer.EnsureSuccessStatusCode();
        using var stream = await client.GetAsync(
            $"{answer.Headers.Location}/events", HttpCompletionOption.ResponseHeadersRead, cancellation);
        var told = new List<string>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_limit);
        await foreach (var item in SseParser.Create(await stream.Content.ReadAsStreamAsync(limit.Token)).EnumerateAsync(limit.Token))
            told.Add(item.Data);
        return (trace, told);
    }
}
