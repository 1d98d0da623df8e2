using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace MsaAspire.Aspirate.Manifests;

/// <summary>The project that holds the app model.</summary>
/// <param name="File">Absolute path of its project file.</param>
public sealed record AppHostProject(string File)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(8);

    /// <summary>The folder of settings and state.</summary>
    public string Folder => Path.GetDirectoryName(File)!;

    /// <summary>Finds the project at <paramref name="path"/>, which is a project file or a folder with one.</summary>
    /// <exception cref="AspirateException">There is none, or more than one.</exception>
    public static AppHostProject Find(string path)
    {
        var full = Path.GetFullPath(path);
        if (System.IO.File.Exists(full))
            return new(full);
        var found = Directory.Exists(full) ? Directory.GetFiles(full, "*.csproj") : [];
        return found.Length == 1
            ? new(found[0])
            : throw new AspirateException(
                $"{full} {(found.Length == 0 ? "holds no project" : "holds several projects")}. Name the AppHost's project file or folder "
                + "with --project-path.");
    }

    /// <summary>Makes the AppHost write its manifest, after building it if it has changed.</summary>
    /// <returns>The manifest's path.</returns>
    public async Task<string> WriteManifestAsync(CancellationToken cancellation)
    {
        // In obj, so that no version control sees the file and the Dockerfiles that Aspire writes beside it.
        var path = Path.Combine(Folder, "obj", "aspirate", "manifest.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.Delete(path);
        string[] build = IsBuilt() ? ["--no-build"] : [];
        var result = await ChildProcess.RunAsync(
            "dotnet",
            ["run", .. build, "--no-launch-profile", "--project", File, "--", "--publisher", "manifest", "--output-path", path],
            s_limit, cancellation);
        return result.ExitCode == 0 && System.IO.File.Exists(path)
            ? path
            : throw new AspirateException(
                $"The AppHost {File} did not write its manifest (exit code {result.ExitCode}). Its last lines:\n{result.Tail}");
    }

    /// <summary>
    /// Whether the assemblies in the AppHost's output are newer than their sources. MSBuild would know exactly, but asking it takes
    /// longer than everything else.
    /// </summary>
    private bool IsBuilt()
    {
        try
        {
            using var assets = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(Folder, "obj", "project.assets.json")));
            var others = assets.RootElement.GetProperty("libraries").EnumerateObject()
                .Where(l => l.Value.GetProperty("type").GetString() == "project")
                .Select(l => Path.GetFullPath(l.Value.GetProperty("path").GetString()!, Folder));
            return others.Append(File).All(IsBuilt);
        }
        catch (Exception e) when (e is IOException or JsonException or KeyNotFoundException or XmlException)
        {
            return false;
        }
    }

    private bool IsBuilt(string project)
    {
        var assembly = XDocument.Load(project).Descendants("AssemblyName").FirstOrDefault()?.Value ?? Path.GetFileNameWithoutExtension(project);
        var output = Path.Combine(Folder, "bin", "Debug");
        var built = Directory.Exists(output)
            ? Directory.EnumerateFiles(output, $"{assembly}.dll", SearchOption.AllDirectories)
                .Select(System.IO.File.GetLastWriteTimeUtc)
                .DefaultIfEmpty().Max()
            : default;
        return built != default && Sources(Path.GetDirectoryName(project)!).All(source => System.IO.File.GetLastWriteTimeUtc(source) <= built);
    }

    private static IEnumerable<string> Sources(string folder)
    {
        var own = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Where(f => f.Extension is ".cs" or ".csproj" or ".props" or ".targets" && !IsBelow(f, "obj", folder) && !IsBelow(f, "bin", folder))
            .Select(f => f.FullName);
        var inherited = Ancestors(new DirectoryInfo(folder))
            .SelectMany(d => new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" }
                .Select(name => Path.Combine(d.FullName, name)))
            .Where(System.IO.File.Exists);
        return own.Concat(inherited);
    }

    private static bool IsBelow(FileInfo file, string child, string folder) =>
        file.FullName.StartsWith(Path.Combine(folder, child) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static IEnumerable<DirectoryInfo> Ancestors(DirectoryInfo folder)
    {
        for (var parent = folder.Parent; parent is not null; parent = parent.Parent)
            yield return parent;
    }
}
