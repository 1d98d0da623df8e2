using System.Reflection;
using System.Text.RegularExpressions;

namespace MsaAspire.Data;

/// <summary>The numbered scripts of a module, first to last.</summary>
/// <param name="Schema">The module's; <c>{schema}</c> in a script stands for it.</param>
/// <param name="Assemblies">Those that carry scripts, first to last.</param>
internal sealed partial record MigrationSource(string Schema, Assembly[] Assemblies)
{
    public IEnumerable<Migration> Read() =>
        from assembly in Assemblies
        from resource in assembly.GetManifestResourceNames()
        let match = ScriptName.Match(resource)
        where match.Success
        orderby Array.IndexOf(Assemblies, assembly), match.Value
        select new Migration(assembly.GetName().Name!, match.Groups["name"].Value, Text(assembly, resource));

    private string Text(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().Replace("{schema}", Schema, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\.Migrations\.(?<name>\d{3}_\w+)\.sql$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ScriptName { get; }
}
