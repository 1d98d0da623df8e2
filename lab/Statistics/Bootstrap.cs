namespace MsaAspire.Lab.Statistics;

/// <summary>A confidence interval.</summary>
internal sealed record Interval(double Low, double High);

/// <summary>
/// How much a figure might vary, by resampling: the percentile method of B. Efron and
/// R. J. Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13. With three rounds it is rough, and tends to be too narrow.
/// </summary>
internal static class Bootstrap
{
    private const int Draws = 10_000;
    private const double Confidence = 0.95;

    /// <summary>The 95 % interval of <c>median(b) / median(a)</c>; null where a median of 0 keeps the ratio from being a number.</summary>
    /// <param name="a">The values below the line.</param>
    /// <param name="b">The values above it.</param>
    /// <param name="seed">Equal seeds give equal intervals.</param>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static Interval? RatioOfMedians(IReadOnlyList<double> a, IReadOnlyList<double> b, int seed)
    {
        var random = new Random(seed);
        var ratios = new double[Draws];
        for (var i = 0; i < Draws; i++)
            ratios[i] = Quantiles.Median(Draw(b, random)) / Quantiles.Median(Draw(a, random));
        if (!ratios.All(double.IsFinite))
            return null;
        Array.Sort(ratios);
        return new(Quantiles.OfSorted(ratios, (1 - Confidence) / 2), Quantiles.OfSorted(ratios, (1 + Confidence) / 2));
    }

    private static double[] Draw(IReadOnlyList<double> values, Random random)
    {
        var drawn = new double[values.Count];
        for (var i = 0; i < drawn.Length; i++)
            drawn[i] = values[random.Next(drawn.Length)];
        return drawn;
    }
}
