using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

internal static class PasswordGenerator
{
    // Letters and digits that look alike (I, l, O, o, 0, 1) are left out; the special characters need no quoting in shells and connection strings.
    private const string LowerChars = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperChars = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string NumericChars = "123456789";
    private const string SpecialChars = "-_.{}~()*+!";

    public static string Generate(
        int minLength, bool lower, bool upper, bool numeric, bool special, int minLower, int minUpper, int minNumeric, int minSpecial)
    {
        (bool Allowed, string Chars, int Min)[] classes =
            [(lower, LowerChars, minLower), (upper, UpperChars, minUpper), (numeric, NumericChars, minNumeric), (special, SpecialChars, minSpecial)];
        var alphabet = string.Concat(classes.Where(c => c.Allowed).Select(c => c.Chars));
        if (alphabet.Length == 0)
        {
            throw new ArgumentException("A generated value needs at least one class of characters.");
        }

        if (classes.FirstOrDefault(c => !c.Allowed && c.Min > 0).Chars is { } excluded)
        {
            throw new ArgumentException($"A generated value cannot need characters of '{excluded}', which it must not have.");
        }

        var chars = classes.SelectMany(c => Pick(c.Chars, c.Min)).ToList();
        chars.AddRange(Pick(alphabet, Math.Max(0, minLength - chars.Count)));
        var result = chars.ToArray();
        RandomNumberGenerator.Shuffle(result.AsSpan());
        return new string(result);
    }

    private static char[] Pick(string alphabet, int count) => count == 0 ? [] : RandomNumberGenerator.GetItems<char>(alphabet, count);
}
