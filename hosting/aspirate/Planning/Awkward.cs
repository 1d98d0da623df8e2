using System.Text;

namespace MsaAspire.Aspirate.Planning;

/// <summary>
/// Texts that kustomize cannot write to a ConfigMap: it writes them as YAML and reads them again, and loses or rejects the control
/// characters from DEL on, noncharacters, and a first line that begins with a tab. A Secret's values are base64 in all steps, so
/// they are safe there.
/// </summary>
internal static class Awkward
{
    private const int Delete = 0x7F;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool Is(string text) =>
        text.EnumerateRunes().Any(IsAwkward) || text.Contains('\n', StringComparison.Ordinal) && text.TrimStart('\n', ' ').StartsWith('\t');

    /// <summary>For a file; kustomize itself encodes binary content as base64.</summary>
    public static bool Is(byte[] content)
    {
        try
        {
            return Is(s_strict.GetString(content));
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool IsAwkward(Rune rune) =>
        rune.Value >= Delete && Rune.IsControl(rune) || (rune.Value & 0xFFFE) == 0xFFFE;
}
