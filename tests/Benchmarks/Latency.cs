using System.Diagnostics;
using HdrHistogram;

namespace Benchmarks;

/// <summary>Percentiles of a latency, in milliseconds.</summary>
public sealed record Percentiles(long Count, double P50, double P90, double P99, double P999, double Max);

/// <summary>Collects latencies from any thread, in microseconds to three digits.</summary>
internal sealed class Latency
{
    private static readonly long s_longest = TimeSpan.FromMinutes(10).Ticks / TimeSpan.TicksPerMicrosecond;

    private readonly HistogramBase _histogram =
        HistogramFactory.With64BitBucketSize().WithValuesUpTo(s_longest).WithPrecisionOf(3).WithThreadSafeWrites().Create();

    /// <summary>The time between two timestamps of <see cref="Stopwatch"/>.</summary>
    public void Record(long from, long to) =>
        _histogram.RecordValue(Math.Clamp(Stopwatch.GetElapsedTime(from, to).Ticks / TimeSpan.TicksPerMicrosecond, 1, s_longest));

    public Percentiles Read() => _histogram.TotalCount == 0
        ? new(0, 0, 0, 0, 0, 0)
        : new(_histogram.TotalCount, At(50), At(90), At(99), At(99.9), _histogram.GetMaxValue() / 1000.0);

    private double At(double percentile) => _histogram.GetValueAtPercentile(percentile) / 1000.0;
}
