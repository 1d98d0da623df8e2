using System.Diagnostics;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>Fetches packages with the machine's apt, whose sources and signatures are trusted already, and unpacks them without installing: no root needed.</summary>
/// <param name="Distribution">Such as `debian-12`.</param>
internal sealed record DebianPackages(string Distribution)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static DebianPackages? Detect()
    {
        const string Release = "/etc/os-release";
        if (!File.Exists(Release) || new[] { "apt-get", "apt-cache", "dpkg" }.Any(program => Machine.FindProgram(program) is null))
        {
            return null;
        }

        var release = File.ReadLines(Release).Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1].Trim('"'));
        return new DebianPackages($"{release["ID"].FirstOrDefault("debian")}-{release["VERSION_ID"].FirstOrDefault("unstable")}");
    }

    /// <summary>Unpacks a package and those of its dependencies whose names start with <paramref name="with"/>.</summary>
    /// <returns>The folder that stands for `/`.</returns>
    public async Task<string> UnpackAsync(string package, string with, string temporary, string wayOut, CancellationToken cancellationToken)
    {
        var (lists, cache, archives, root) = (Folder("lists"), Folder("cache"), Folder("archives"), Folder("root"));
        Directory.CreateDirectory(Path.Combine(lists, "partial"));
        Directory.CreateDirectory(Path.Combine(cache, "archives", "partial"));
        string[] options =
        [
            "-o", $"Dir::State::Lists={lists}", "-o", $"Dir::Cache={cache}",
            "-o", "APT::Sandbox::User=root", "-o", "Debug::NoLocking=1", "-o", "Acquire::Languages=none", "-q",
        ];
        await RunAsync("apt-get", [.. options, "update"]);
        var listed = await RunAsync("apt-cache", [.. options, "depends", "--recurse", "--no-recommends", "--no-suggests", "--no-conflicts", "--no-breaks", "--no-replaces", "--no-enhances", package]);
        var names = listed.Split('\n').Where(line => line == package || line.StartsWith(with, StringComparison.Ordinal)).Distinct();
        await RunAsync("apt-get", [.. options, "download", .. names], archives);
        foreach (var archive in Directory.EnumerateFiles(archives, "*.deb"))
        {
            await RunAsync("dpkg", ["-x", archive, root]);
        }

        return root;

        string Folder(string name) => Directory.CreateDirectory(Path.Combine(temporary, name)).FullName;

        async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? workingDirectory = null)
        {
            var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = workingDirectory ?? temporary };
            start.Environment["LC_ALL"] = "C";
            var result = await ChildProcess.RunAsync(start, Limit, cancellationToken);
            return result.ExitCode == 0
                ? result.Output
                : throw new ToolException($"{package} cannot be had from the package sources of this machine ({program}, exit code {result.ExitCode}):\n{result.Tail}\nWay out: {wayOut}.");
        }
    }
}
