using System.Text;
using System.Text.RegularExpressions;
using MsaAspire.Aspirate.Manifests;

namespace MsaAspire.Aspirate.Planning;

/// <summary>
/// Aspire creates a server's databases when it runs an app model, but a manifest does not. A script in the server's initialization folder
/// creates missing databases when the server starts for the first time; a database that is added later is created by its service.
/// </summary>
internal static partial class Databases
{
    public const string Name = "databases";

    private const string Script = "databases.sql";

    private const string Folder = "/docker-entrypoint-initdb.d";

    public static IEnumerable<ConfigFiles> FilesOf(ComputeResource server, ImageProfile profile, Manifest manifest, Resolver resolver)
    {
        // The model's own files for that folder take precedence.
        if (!profile.IsPostgres
            || server is ContainerResource { BindMounts: var mounts }
            && mounts.Any(m => m.Target.StartsWith(Folder, StringComparison.Ordinal)))
        {
            return [];
        }

        var databases = manifest.Resources.OfType<ValueResource>()
            .Where(v => v.ConnectionString?.StartsWith($"{{{server.Name}.connectionString}}", StringComparison.OrdinalIgnoreCase) == true)
            .Select(v => resolver.Resolve(v, Database.Match(v.ConnectionString!).Groups["name"].Value))
            // The script is not secret.
            .Where(name => name is { Text.Length: > 0, IsSecret: false })
            .Select(name => name.Text)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return databases.Count == 0
            ? []
            : [new(Name, Folder, [new(Script, Script, Encoding.UTF8.GetBytes(string.Concat(databases.Select(Create))))], KeepsName: true)];
    }

    private static string Create(string name)
    {
        string literal = name.Replace("'", "''", StringComparison.Ordinal),
            identifier = name
                .Replace("\"", "\"\"", StringComparison.Ordinal)
                .Replace("'", "''", StringComparison.Ordinal);
        return $"SELECT 'CREATE DATABASE \"{identifier}\"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{literal}')\\gexec\n";
    }

    [GeneratedRegex(@"(^|;)\s*Database\s*=\s*(?<name>[^;]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Database { get; }
}
