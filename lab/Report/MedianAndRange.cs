using MsaAspire.Lab.Statistics;

namespace MsaAspire.Lab.Report;

/// <summary>The rounds of one figure.</summary>
internal sealed record MedianAndRange(double Median, double Min, double Max, int Count)
{
    /// <summary>Of all values that are numbers; null when there is none.</summary>
    public static MedianAndRange? Of(IEnumerable<double> values)
    {
        var sorted = values.Where(double.IsFinite).Order().ToList();
        return sorted.Count == 0 ? null : new(Quantiles.OfSorted(sorted, 0.5), sorted[0], sorted[^1], sorted.Count);
    }
}
