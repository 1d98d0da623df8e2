using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaAspire.Lab.Results;

/// <summary>Writes raw samples on one line: thousands of them, each on a line of its own, would bury the rest of the file.</summary>
internal sealed class SamplesConverter : JsonConverter<IReadOnlyList<double>>
{
    public override IReadOnlyList<double>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<double[]>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double> value, JsonSerializerOptions options) =>
        writer.WriteRawValue(NumberLists.OnOneLine(value.Select(v => (double?)v)));
}

/// <summary>The same for values of which some may be missing.</summary>
internal sealed class ValuesConverter : JsonConverter<IReadOnlyList<double?>>
{
    public override IReadOnlyList<double?>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<double?[]>(ref reader, options);

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<double?> value, JsonSerializerOptions options) =>
        writer.WriteRawValue(NumberLists.OnOneLine(value));
}

internal static class NumberLists
{
    public static string OnOneLine(IEnumerable<double?> values) => $"[{string.Join(", ", values.Select(Text))}]";

    /// <summary>Rounds to four significant digits; the whole part is never rounded.</summary>
    public static double Rounded(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value;
        var wholeDigits = (int)Math.Floor(Math.Log10(Math.Abs(value))) + 1;
        return Math.Round(value, Math.Clamp(4 - wholeDigits, 0, 15));
    }

    private static string Text(double? value) => value switch
    {
        null => "null",
        { } number when double.IsFinite(number) => $"{Rounded(number)}",
        { } number => double.IsNaN(number) ? "\"NaN\"" : number > 0 ? "\"Infinity\"" : "\"-Infinity\"",
    };
}
