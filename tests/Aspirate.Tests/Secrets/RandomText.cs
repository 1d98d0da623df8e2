using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Aspirate.Tests;

/// <summary>
/// Texts that an environment variable may hold: any Unicode without NUL and lone surrogates, and more often than chance would have it,
/// what shells, YAML, env files and Kubernetes give a meaning to. <c>ASPIRATE_SEED</c> repeats a run.
/// </summary>
internal static class RandomText
{
    private const int Size = 20, LongBytes = 90_000, Shown = 40;

    private static readonly string[] s_tokens =
    [
        "\n", "\r\n", "\r", "\t", " ", "  ", "=", "#", " #", "\"", "'", "`", "\\", "\\n", "$(X)", "$$", "$X", "${X}", "{x.value}", "{",
        "}", "---\n", "...", ": ", ":", "- ",
        "? ", "&a ", "*a", "!!str ", "%", "%20", "@", "|", ">", "~", "null", "true", "0x10", "1e3", "[", ",", "\u0085", "\u2028", "\u2029",
        "\ufeff", "\u00a0", "é", "눈", "😀",
    ];

    private static readonly Gen<string> s_rune = Gen.OneOf(
        Gen.Choose(0x20, 0x7e), Gen.Choose(1, 0x1f), Gen.Choose(0x7f, 0x24f), Gen.Choose(0x250, 0xd7ff), Gen.Choose(0xe000, 0xffff),
        Gen.Choose(0x10000, 0x10ffff))
            .Select(c => new Rune(c).ToString());

    private static readonly Gen<string> s_text = Gen.OneOf(Gen.Elements(s_tokens), s_rune).ListOf().Select(string.Concat);

    private static readonly Gen<string> s_any = Gen.Frequency(
        (40, s_text), (1, Gen.Constant("")), (5, s_text.Select(t => $" {t} ")), (3, s_text.Select(t => $"\n{t}\n")),
        (1, Gen.OneOf(Gen.Elements(s_tokens), s_rune)
        .Select(t => string.Concat(Enumerable.Repeat(t, LongBytes / Encoding.UTF8.GetByteCount(t))))));

    public static IReadOnlyList<string> Sample(int count)
    {
        return [.. s_any.Sample(count, new Rnd((ulong)Seed.Of("ASPIRATE_SEED"), 13), Size)];
    }

    /// <summary>So that a message shows what a terminal would not.</summary>
    public static string Show(string text) =>
        string.Concat(text.Take(Shown).Select(c => c is >= ' ' and <= '~' ? $"{c}" : $"\\u{(int)c:x4}"))
        + (text.Length > Shown ? $"... ({text.Length})" : "");
}
