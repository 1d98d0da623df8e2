namespace MsaAspire.Lab.Report;

/// <summary>A scale from its first tick to its last.</summary>
internal sealed class Axis
{
    private readonly bool _logarithmic;

    private Axis(List<double> ticks, bool logarithmic) => (Ticks, _logarithmic) = (ticks, logarithmic);

    public IReadOnlyList<double> Ticks { get; }

    /// <summary>With zero on it, as bars need.</summary>
    /// <param name="steps">About how many.</param>
    public static Axis Linear(IEnumerable<double> values, int steps = 5)
    {
        var numbers = values.Where(double.IsFinite).Append(0).ToList();
        return new(Report.Ticks.Linear(numbers.Min(), numbers.Max(), steps), logarithmic: false);
    }

    /// <summary>Over the values above zero; linear when there is none.</summary>
    public static Axis Logarithmic(IReadOnlyCollection<double> values)
    {
        var numbers = values.Where(v => v > 0 && double.IsFinite(v)).ToList();
        return numbers.Count == 0 ? Linear(values) : new(Report.Ticks.Logarithmic(numbers.Min(), numbers.Max(), 5), logarithmic: true);
    }

    /// <summary>Whether a value has a position: zero has none on a logarithmic scale.</summary>
    public bool Shows(double value) => double.IsFinite(value) && (!_logarithmic || value > 0);

    /// <summary>A value's position in percent of the axis; a value without a position is at the start.</summary>
    public double Percent(double value)
    {
        if (!Shows(value))
            return 0;
        var (from, to) = (Scaled(Ticks[0]), Scaled(Ticks[^1]));
        return 100 * Math.Clamp((Scaled(value) - from) / (to - from), 0, 1);
    }

    private double Scaled(double value) => _logarithmic ? Math.Log10(value) : value;
}
