using System.Text;

namespace MsaAspire.Aspirate.Planning;

/// <summary>
/// Which texts kustomize can write to a ConfigMap: it writes them as YAML and reads them again, and loses or rejects the control characters
/// from DEL on, noncharacters, and a first line that begins with a tab. A Secret's values are base64 in all steps, so it can hold all texts.
/// </summary>
internal static class ConfigMapValue
{
    private const int Delete = 0x7F;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool IsSupported(string text) =>
        text.EnumerateRunes().All(IsSupported) && !(text.Contains('\n', StringComparison.Ordinal) && text.TrimStart('\n', ' ').StartsWith('\t'));

    /// <summary>For a file; kustomize itself encodes binary content as base64.</summary>
    public static bool IsSupported(byte[] content)
    {
        try
        {
            return IsSupported(s_strict.GetString(content));
        }
        catch (DecoderFallbackException)
        {
            return true;
        }
    }

    private static bool IsSupported(Rune rune) =>
        !(rune.Value >= Delete && Rune.IsControl(rune)) && (rune.Value & 0xFFFE) != 0xFFFE;
}
