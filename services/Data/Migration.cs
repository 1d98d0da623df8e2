using System.Text.RegularExpressions;

namespace MsaAspire.Data;

/// <summary>One numbered script.</summary>
/// <param name="Module">The assembly that carries it.</param>
/// <param name="Script">Its file's name without <c>.sql</c>.</param>
/// <param name="Sql">Its text, with the module's schema.</param>
internal sealed partial record Migration(string Module, string Script, string Sql)
{
    /// <summary>Under which a database records that it was applied.</summary>
    public string Name => $"{Module}/{Script}";

    /// <summary>
    /// Whether the scripts that this one replaces have been applied, so that it must not be. The last of them is named in its first line:
    /// <c>-- squashes 003_name</c>.
    /// </summary>
    /// <param name="applied">The names that the database has recorded.</param>
    /// <exception cref="InvalidOperationException">Only some of them have been applied.</exception>
    public bool IsReplacementOf(IReadOnlySet<string> applied)
    {
        var last = Squashes.Match(Sql).Groups["last"];
        if (!last.Success || !applied.Any(name => name.StartsWith($"{Module}/", StringComparison.Ordinal)))
            return false;
        return applied.Contains($"{Module}/{last.Value}") ? true : throw new InvalidOperationException(
            $"{Name} replaces all scripts up to {last.Value}, of which this database has only some. "
            + $"Start a version that still has {last.Value} on it once; or delete its data, if nobody needs it.");
    }

    [GeneratedRegex(@"\A-- squashes (?<last>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Squashes { get; }
}
