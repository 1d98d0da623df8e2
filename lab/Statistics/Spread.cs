namespace MsaAspire.Lab.Statistics;

/// <summary>The values of all rounds in one line of evidence.</summary>
internal static class Spread
{
    /// <summary>For example <c>median 12.3 (11.9–13.0) ms</c>; a single value alone. To three digits, whole numbers as they are.</summary>
    /// <exception cref="ArgumentException">There are no values.</exception>
    public static string Of(IReadOnlyList<double> values, string unit)
    {
        var format = values.All(double.IsInteger) ? "0.#" : Format(values.Max(Math.Abs));
        var median = Quantiles.Median(values).ToString(format);
        var text = values.Count == 1 ? median : $"median {median} ({values.Min().ToString(format)}–{values.Max().ToString(format)})";
        return $"{text} {unit}".TrimEnd();
    }

    private static string Format(double greatest) => greatest switch
    {
        >= 100 => "0",
        >= 10 => "0.0",
        >= 1 => "0.00",
        _ => "0.000",
    };
}
