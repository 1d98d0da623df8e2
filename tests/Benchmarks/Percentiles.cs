using MsaAspire.Lab.Load;
using MsaAspire.Lab.Statistics;

namespace Benchmarks;

/// <summary>Percentiles of a latency, in milliseconds.</summary>
public sealed record Percentiles(long Count, double P50, double P90, double P99, double P999, double Max)
{
    /// <summary>Of the requests that succeeded.</summary>
    internal static Percentiles Of(IEnumerable<Request> requests)
    {
        var sorted = requests.Where(r => r.Ok).Select(r => r.LatencyMs).Order().ToList();
        return sorted.Count == 0 ? new(0, 0, 0, 0, 0, 0) : new(sorted.Count, At(0.5), At(0.9), At(0.99), At(0.999), sorted[^1]);

        double At(double quantile) => Quantiles.OfSorted(sorted, quantile);
    }
}
