using System.Text;

namespace Aspire.Hosting;

internal static class CommandLine
{
    /// <summary>Splits a command line at blanks outside of double quotes; <c>\"</c> is a quote.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        var arguments = new List<string>();
        var current = new StringBuilder();
        var quoted = false;
        var any = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] == '"')
            {
                current.Append(text[++i]);
            }
            else if (text[i] == '"')
            {
                quoted = !quoted;
                any = true;
            }
            else if (quoted || !char.IsWhiteSpace(text[i]))
            {
                current.Append(text[i]);
            }
            else
            {
                Take();
            }
        }

        Take();
        return arguments;

        void Take()
        {
            if (current.Length > 0 || any)
            {
                arguments.Add(current.ToString());
            }

            current.Clear();
            any = false;
        }
    }
}
