using System.Security.Cryptography;
using MsaAspire.Aspirate.Manifests;

namespace MsaAspire.Aspirate.Parameters;

/// <summary>Generates values as Aspire does in development, by the rule in the manifest.</summary>
internal static class PasswordGenerator
{
    // Aspire's own set: none of them needs quoting in a connection string or a shell.
    private const string Lower = "abcdefghijklmnopqrstuvwxyz", Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", Numeric = "0123456789", Special = "-_.{}~()*+!";

    /// <summary>A random value of the least length that satisfies <paramref name="rule"/>.</summary>
    /// <exception cref="AspirateException">The rule allows no character.</exception>
    public static string Generate(string parameter, GenerateRule rule)
    {
        (bool Allowed, string Characters, int Least)[] classes =
            [
                (rule.Lower, Lower, rule.MinLower), (rule.Upper, Upper, rule.MinUpper),
                (rule.Numeric, Numeric, rule.MinNumeric), (rule.Special, Special, rule.MinSpecial),
            ];
        var alphabet = string.Concat(classes.Where(c => c.Allowed).Select(c => c.Characters));
        if (alphabet.Length == 0)
        {
            throw new AspirateException(
                $"The parameter \"{parameter}\" is to be generated from no characters at all. "
                + $"Allow some in the app model, or give it with --parameter {parameter}=VALUE.");
        }

        var required = classes.Where(c => c.Allowed).SelectMany(c => RandomNumberGenerator.GetItems<char>(c.Characters, c.Least)).ToArray();
        char[] characters = [.. required, .. RandomNumberGenerator.GetItems<char>(alphabet, Math.Max(0, rule.MinLength - required.Length))];
        RandomNumberGenerator.Shuffle(characters.AsSpan());
        return new string(characters);
    }
}
