namespace MsaAspire.Lab.Statistics;

/// <summary>
/// Quantiles of a sample, between two of its values by linear interpolation: type 7 of R. J. Hyndman and Y. Fan, "Sample Quantiles in
/// Statistical Packages", The American Statistician 50(4), 1996.
/// </summary>
internal static class Quantiles
{
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Median(IEnumerable<double> values) => Of(values, 0.5);

    /// <param name="values">In any order.</param>
    /// <param name="quantile">0 for the smallest, 1 for the greatest.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double Of(IEnumerable<double> values, double quantile) => OfSorted([.. values.Order()], quantile);

    /// <param name="sorted">In ascending order.</param>
    /// <param name="quantile">0 for the smallest, 1 for the greatest.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static double OfSorted(IReadOnlyList<double> sorted, double quantile)
    {
        if (sorted.Count == 0)
            throw new ArgumentException("A sample without values has no quantiles.", nameof(sorted));
        var at = quantile * (sorted.Count - 1);
        var below = (int)at;
        return below + 1 < sorted.Count ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }
}
