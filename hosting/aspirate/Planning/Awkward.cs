using System.Text;

namespace MsaAspire.Aspirate.Planning;

/// <summary>
/// Texts that kustomize cannot pass on in a ConfigMap: it writes them as YAML and reads them again, and loses or refuses the control
/// characters from DEL on, noncharacters, and a first line that begins with a tab. A Secret's values are base64 on all that way, so
/// there they are safe.
/// </summary>
internal static class Awkward
{
    private const int Delete = 0x7F;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static bool Is(string text) =>
        text.EnumerateRunes().Any(IsAwkward) || text.Contains('\n', StringComparison.Ordinal) && text.TrimStart('\n', ' ').StartsWith('\t');

    /// <summary>Of a file; kustomize itself makes base64 of what is no text.</summary>
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
