using FsCheck;
using FsCheck.Fluent;
using MsaAspire.Aspirate;
using MsaAspire.Aspirate.Manifests;
using MsaAspire.Aspirate.Parameters;
using Xunit;

namespace Aspirate.Tests;

/// <summary>Generated values, by Aspire's rules.</summary>
public sealed class Passwords
{
    private const string Special = "-_.{}~()*+!";

    private static readonly Gen<GenerateRule> s_rules =
        from length in Gen.Choose(0, 60)
        from allowed in Gen.ArrayOf(Gen.Elements(true, true, false), 4)
        from least in Gen.ArrayOf(Gen.Choose(0, 12), 4)
        select new GenerateRule(length, allowed[0], allowed[1], allowed[2], allowed[3], least[0], least[1], least[2], least[3]);

    [Fact]
    public void A_generated_value_keeps_its_rule() => Prop.ForAll(s_rules.Where(IsPossible).ToArbitrary(), Keeps)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithQuietOnSuccess(true));

    [Fact]
    public void A_rule_that_allows_nothing_is_refused_by_the_parameter_s_name() => Assert.Contains(
        "--parameter key=VALUE",
        Assert.Throws<AspirateException>(() => PasswordGenerator.Generate("key", new(22, false, false, false, false, 0, 0, 0, 0))).Message);

    [Fact]
    public void No_two_values_are_the_same()
    {
        var rule = new GenerateRule(22, true, true, true, true, 0, 0, 0, 0);
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => PasswordGenerator.Generate("key", rule)).Distinct().Count());
    }

    [Fact]
    public void Every_character_of_a_class_comes_up_wherever_it_may_stand()
    {
        var rule = new GenerateRule(2, false, false, true, true, 0, 0, 1, 1);
        var values = Enumerable.Range(0, 2000).Select(_ => PasswordGenerator.Generate("key", rule)).ToList();
        Assert.Equal(10 + Special.Length, values.Select(v => v[0]).Distinct().Count());
        Assert.Equal(10 + Special.Length, values.Select(v => v[1]).Distinct().Count());
    }

    private static bool IsPossible(GenerateRule rule) => rule.Lower || rule.Upper || rule.Numeric || rule.Special;

    private static bool Keeps(GenerateRule rule)
    {
        var value = PasswordGenerator.Generate("key", rule);
        (bool Allowed, int Least, int Count)[] classes =
        [
            (rule.Lower, rule.MinLower, value.Count(char.IsAsciiLetterLower)),
            (rule.Upper, rule.MinUpper, value.Count(char.IsAsciiLetterUpper)),
            (rule.Numeric, rule.MinNumeric, value.Count(char.IsAsciiDigit)), (rule.Special, rule.MinSpecial, value.Count(Special.Contains)),
        ];
        var least = classes.Where(c => c.Allowed).Sum(c => c.Least);
        return value.Length == Math.Max(rule.MinLength, least)
            && classes.Sum(c => c.Count) == value.Length
            && classes.All(c => c.Allowed ? c.Count >= c.Least : c.Count == 0);
    }
}
