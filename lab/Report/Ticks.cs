namespace MsaAspire.Lab.Report;

/// <summary>Where an axis is labelled.</summary>
internal static class Ticks
{
    /// <summary>Steps of 1, 2 or 5 times a power of ten, from below the least to above the most value.</summary>
    /// <param name="most">About how many steps.</param>
    public static List<double> Linear(double from, double to, int most)
    {
        if (to <= from)
            to = from + 1;
        var rough = (to - from) / most;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * ((rough / power) switch { <= 1.0001 => 1, <= 2.0001 => 2, <= 5.0001 => 5, _ => 10 });
        var (first, last) = (Math.Floor((from / step) + 1e-9), Math.Ceiling((to / step) - 1e-9));
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => Clean((first + i) * step))];
    }

    /// <summary>Powers of ten from strictly below the least to the most value or above; not all of them when they are many.</summary>
    public static List<double> Logarithmic(double least, double most, int labels)
    {
        var first = (int)Math.Ceiling(Math.Log10(least) - 1e-9) - 1;
        var last = Math.Max(first + 1, (int)Math.Ceiling(Math.Log10(most) - 1e-9));
        var step = (last - first + labels - 1) / labels;
        last = first + ((last - first + step - 1) / step * step);
        if (last - first > 1)
            return [.. Enumerable.Range(0, ((last - first) / step) + 1).Select(i => Power(first + (i * step)))];
        var power = Power(first);
        return [power, Clean(2 * power), Clean(5 * power), Power(last)];
    }

    private static double Power(int exponent) => Clean(Math.Pow(10, exponent));

    // 3 * 0.1 is 0.30000000000000004.
    private static double Clean(double value) => double.Parse($"{value:G12}");
}
