using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace MsaAspire.Lab.Report;

/// <summary>
/// Markup made from an interpolated string. The literal parts are markup; interpolated values are text and are escaped,
/// unless they are <see cref="Html"/>. There is no conversion from <see cref="string"/>, so that nothing is unescaped by mistake.
/// </summary>
[InterpolatedStringHandler]
internal sealed class Html
{
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _markup;

    public Html(int literalLength, int formattedCount) => _markup = new(literalLength + (formattedCount * 16));

    /// <summary>Markup, or nothing.</summary>
    public static Html If(bool condition, Html html) => condition ? html : new(0, 0);

    /// <summary>Uses trusted markup, such as the style sheet, as it is.</summary>
    public static Html Trusted(string markup)
    {
        var html = new Html(markup.Length, 0);
        html.AppendLiteral(markup);
        return html;
    }

    /// <summary>A text pair within SVG, which knows no span.</summary>
    public static Html InSvg(Words words) => Pair(words, "tspan");

    /// <summary>A text pair of one or more paragraphs, separated by an empty line.</summary>
    public static Html Paragraphs(Words words)
    {
        return words.En == words.Ko ? All(words.En) : $"""<div lang="en">{All(words.En)}</div><div lang="ko">{All(words.Ko)}</div>""";

        static Html All(string text) =>
            $"{text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.TrimEntries).Select(p => (Html)$"<p>{p}</p>")}";
    }

    public void AppendLiteral(string literal) => _markup.Append(literal);

    public void AppendFormatted(string? text) => _markup.Append(s_encoder.Encode(text ?? ""));

    public void AppendFormatted(int number) => _markup.Append(number);

    /// <summary>A coordinate.</summary>
    public void AppendFormatted(double number) => _markup.Append($"{number:0.##}");

    public void AppendFormatted(Words? words)
    {
        if (words is not null)
            AppendFormatted(Pair(words, "span"));
    }

    public void AppendFormatted(Html html) => _markup.Append(html._markup);

    public void AppendFormatted(IEnumerable<Html> parts)
    {
        foreach (var part in parts)
            AppendFormatted(part);
    }

    public override string ToString() => _markup.ToString();

    private static Html Pair(Words words, string tag)
    {
        if (words.En == words.Ko)
            return $"{words.En}";
        var name = Trusted(tag);
        return $"""<{name} lang="en">{words.En}</{name}><{name} lang="ko">{words.Ko}</{name}>""";
    }
}
