using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using MsaAspire.Contracts;
using MsaAspire.Web.Language;
using Xunit;

namespace Browser.Tests;

/// <summary>What the compiler cannot see of the two languages.</summary>
public sealed partial class Languages
{
    private static readonly Texts s_english = Of("en"), s_korean = Of("ko");

    private static IEnumerable<string> Codes => typeof(ReasonCodes).GetFields().Select(code => (string)code.GetRawConstantValue()!);

    [Fact]
    public void Every_reason_code_has_a_text_of_its_own_in_both_languages()
    {
        foreach (var reasons in (Reasons[])[s_english.Reasons, s_korean.Reasons])
        {
            var texts = Codes.Append("a code of a later release").Select(code => reasons.Of(code, ["Moon Jar", "Wok"])).ToList();
            Assert.All(texts, Assert.NotEmpty);
            Assert.Distinct(texts);
        }

        Assert.All(Codes, code => Assert.NotEqual(s_english.Reasons.Of(code, ["Moon Jar"]), s_korean.Reasons.Of(code, ["Moon Jar"])));
    }

    [Fact]
    public void The_scripts_find_the_same_texts_with_the_same_placeholders_in_both_languages() =>
        Assert.Equal(PlaceholdersOf(s_english), PlaceholdersOf(s_korean));

    private static SortedDictionary<string, string> PlaceholdersOf(Texts texts) => new(texts.Script.ToDictionary(
        text => text.Key,
        text => string.Join(' ', Placeholder.Matches(text.Value).Select(m => m.Value).Order(StringComparer.Ordinal))), StringComparer.Ordinal);

    private static Texts Of(string language) => Texts.For(new DefaultHttpContext { Request = { Headers = { AcceptLanguage = language } } }.Request);

    [GeneratedRegex(@"\{\w+\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder { get; }
}
