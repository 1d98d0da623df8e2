using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A random default.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    /// <summary>Length of the value; more when the minimum counts add up to more.</summary>
    public int MinLength { get; set; }

    public bool Lower { get; set; } = true;
    public bool Upper { get; set; } = true;
    public bool Numeric { get; set; } = true;
    public bool Special { get; set; } = true;
    public int MinLower { get; set; }
    public int MinUpper { get; set; }
    public int MinNumeric { get; set; }
    public int MinSpecial { get; set; }

    public override string GetDefaultValue() =>
        PasswordGenerator.Generate(MinLength, Lower, Upper, Numeric, Special, MinLower, MinUpper, MinNumeric, MinSpecial);

    public override void WriteToManifest(ManifestPublishingContext context)
    {
        var writer = context.Writer;
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength);
        WriteIfNot(true, "lower", Lower);
        WriteIfNot(true, "upper", Upper);
        WriteIfNot(true, "numeric", Numeric);
        WriteIfNot(true, "special", Special);
        WriteIfNot(0, "minLower", MinLower);
        WriteIfNot(0, "minUpper", MinUpper);
        WriteIfNot(0, "minNumeric", MinNumeric);
        WriteIfNot(0, "minSpecial", MinSpecial);
        writer.WriteEndObject();

        void WriteIfNot<T>(T usual, string property, T value)
        {
            if (Equals(usual, value))
            {
                return;
            }

            writer.WritePropertyName(property);
            System.Text.Json.JsonSerializer.Serialize(writer, value);
        }
    }
}
