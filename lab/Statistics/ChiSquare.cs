namespace MsaAspire.Lab.Statistics;

/// <summary>Pearson's test of goodness of fit.</summary>
/// <param name="Statistic">The distance of the counts from the expected ones.</param>
/// <param name="DegreesOfFreedom">One less than there are counts.</param>
/// <param name="PValue">How likely counts at least so far from it are if it is true.</param>
internal sealed record ChiSquare(double Statistic, int DegreesOfFreedom, double PValue)
{
    private const double Precision = 1e-15, Tiny = 1e-300;

    /// <summary>
    /// Whether all counted outcomes were equally likely. Valid when at least five of each are expected (W. G. Cochran, Biometrics 10,
    /// 1954).
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer than two counts, or nothing was counted.</exception>
    public static ChiSquare Uniform(IReadOnlyList<long> counts)
    {
        var expected = counts.Count > 1 ? counts.Sum() / (double)counts.Count : 0;
        if (expected <= 0)
            throw new ArgumentException("At least two counts are needed, and one above 0.", nameof(counts));
        var statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
        return new(statistic, counts.Count - 1, UpperTail(statistic, counts.Count - 1));
    }

    /// <summary>
    /// The probability that a chi-square variable exceeds <paramref name="x"/>: Q(k/2, x/2), the regularized upper incomplete gamma
    /// function (NIST Digital Library of Mathematical Functions, https://dlmf.nist.gov/8.2#E4).
    /// </summary>
    public static double UpperTail(double x, int degreesOfFreedom)
    {
        var (a, z) = (degreesOfFreedom / 2.0, x / 2);
        if (z <= 0)
            return 1;
        var factor = Math.Exp((a * Math.Log(z)) - z - LogGammaOfHalf(degreesOfFreedom));
        // Each converges fast on its own side (DLMF 8.25).
        return z < a + 1 ? 1 - (factor * LowerSeries(a, z)) : factor * UpperFraction(a, z);
    }

    /// <summary>ln Γ(n/2), from Γ(1/2) = √π, Γ(1) = 1 and Γ(a + 1) = a Γ(a) (DLMF 5.4, 5.5.1).</summary>
    private static double LogGammaOfHalf(int n)
    {
        var sum = n % 2 == 1 ? Math.Log(Math.PI) / 2 : 0;
        for (var i = n - 2; i > 0; i -= 2)
            sum += Math.Log(i / 2.0);
        return sum;
    }

    /// <summary>The sum of DLMF 8.11.4: z^n / (a (a + 1) ... (a + n)).</summary>
    private static double LowerSeries(double a, double z)
    {
        var term = 1 / a;
        var sum = term;
        for (var n = 1; term > sum * Precision; n++)
        {
            term *= z / (a + n);
            sum += term;
        }

        return sum;
    }

    /// <summary>
    /// The even part of the continued fraction DLMF 8.9.2, by Lentz's algorithm as I. J. Thompson and A. R. Barnett modified it (Journal of
    /// Computational Physics 64, 1986).
    /// </summary>
    private static double UpperFraction(double a, double z)
    {
        var b = z + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var value = d;
        for (var n = 1; n < 10_000; n++)
        {
            var numerator = -n * (n - a);
            b += 2;
            d = 1 / NotZero((numerator * d) + b);
            c = NotZero(b + (numerator / c));
            value *= c * d;
            if (Math.Abs((c * d) - 1) < Precision)
                break;
        }

        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
