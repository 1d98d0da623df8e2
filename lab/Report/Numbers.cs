namespace MsaAspire.Lab.Report;

/// <summary>Numbers as people read them.</summary>
internal static class Numbers
{
    private const string NoBreak = "\u00a0", Minus = "\u2212";

    /// <summary>Three significant digits; the whole part is never rounded, and has thousands separators.</summary>
    public static string Format(double value)
    {
        if (!double.IsFinite(value))
            return "–";
        var size = Math.Abs(value);
        var sign = value < 0 ? Minus : "";
        if (size == Math.Floor(size))
            return $"{sign}{size:#,0}";
        if (size < 1e-4)
            return $"{sign}{Scientific(size)}";
        var rounded = Math.Round(size, Decimals(size));
        return sign + rounded.ToString($"N{Decimals(rounded)}");
    }

    /// <summary>A round number on an axis.</summary>
    public static string Tick(double value) =>
        Math.Abs(value) is 0 or >= 1e-4 ? $"{(value < 0 ? Minus : "")}{Math.Abs(value):#,0.####}" : Format(value);

    /// <summary>With its unit. The units <c>x</c> (a ratio) and <c>p</c> (a p-value) are written as usual.</summary>
    public static string Format(double value, string unit) => unit switch
    {
        "" => Format(value),
        "x" => $"{Format(value)}×",
        "p" => value < 0.001 ? $"p{NoBreak}<{NoBreak}0.001" : $"p{NoBreak}={NoBreak}{value:0.###}",
        "%" => $"{Format(value)}%",
        // Korean counters follow their number at once.
        _ when unit[0] is '/' or >= '\uac00' => Format(value) + unit,
        _ => Format(value) + NoBreak + unit,
    };

    public static Words Format(double value, Words unit) => new(Format(value, unit.En), Format(value, unit.Ko));

    /// <summary>How long, in the two largest units that say something.</summary>
    public static Words Duration(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Round(seconds));
        return time switch
        {
            { TotalHours: >= 1 } => new($"{(int)time.TotalHours} h {time.Minutes} min", $"{(int)time.TotalHours}시간 {time.Minutes}분"),
            { TotalMinutes: >= 1 } => new($"{time.Minutes} min {time.Seconds} s", $"{time.Minutes}분 {time.Seconds}초"),
            _ => new($"{seconds:0.#} s", $"{seconds:0.#}초"),
        };
    }

    private static int Decimals(double size) => Math.Max(0, 2 - (int)Math.Floor(Math.Log10(size)));

    private static string Scientific(double size)
    {
        var exponent = (int)Math.Floor(Math.Log10(size));
        return $"{size / Math.Pow(10, exponent):0.##}e{Minus}{-exponent}";
    }
}
