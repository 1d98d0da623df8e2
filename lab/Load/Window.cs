using MsaAspire.Lab.Statistics;

namespace MsaAspire.Lab.Load;

/// <summary>
/// The requests that were due in a span of time. Latencies are of all of them in milliseconds, failures with the time until they failed.
/// </summary>
/// <param name="Count">How many.</param>
/// <param name="Ok">How many of them succeeded.</param>
/// <param name="Availability">The part that succeeded, in percent; like the latencies null without requests.</param>
/// <param name="P50">The median.</param>
/// <param name="P99">99 % took no longer.</param>
/// <param name="Max">The longest.</param>
internal sealed record Window(int Count, int Ok, double? Availability, double? P50, double? P99, double? Max)
{
    public static Window Of(IReadOnlyCollection<Request> requests)
    {
        if (requests.Count == 0)
            return new(0, 0, null, null, null, null);
        var latencies = requests.Select(r => r.LatencyMs).Order().ToList();
        var ok = requests.Count(r => r.Ok);
        return new(
            latencies.Count, ok, 100.0 * ok / latencies.Count,
            Quantiles.OfSorted(latencies, 0.5), Quantiles.OfSorted(latencies, 0.99), latencies[^1]);
    }
}
