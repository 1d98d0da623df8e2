using System.Diagnostics;
using System.Xml.Linq;

namespace MsaAspire.Lab.Running;

/// <summary>
/// A copy of the repository's sources, to build changed versions without touching the work tree. It is in the user's temporary
/// folder and is deleted on disposal.
/// </summary>
internal sealed class WorkCopy : IDisposable
{
    private static readonly TimeSpan s_buildLimit = TimeSpan.FromMinutes(5);

    private static readonly string[] s_left = ["bin", "obj", ".git", ".tools", "node_modules", "dist", "output"];

    private static readonly string[] s_parts = ["ServiceDefaults", "services", "lab/features"];

    private WorkCopy(string root) => Root = root;

    public string Root { get; }

    public static WorkCopy Create(string repository)
    {
        var copy = new WorkCopy(Directory.CreateTempSubdirectory("msaaspire-lab-").FullName);
        var settings = Directory.EnumerateFiles(repository)
            .Where(f => Path.GetExtension(f) is ".props" or ".targets" or ".json" or ".editorconfig");
        foreach (var file in settings)
            File.Copy(file, Path.Combine(copy.Root, Path.GetFileName(file)));
        foreach (var part in s_parts.Where(p => Directory.Exists(Path.Combine(repository, p))))
            Copy(Path.Combine(repository, part), Path.Combine(copy.Root, part));
        return copy;
    }

    /// <summary>The project file of a service.</summary>
    public string Project(string name) => Path.Combine(Root, "services", name, $"{name}.csproj");

    /// <summary>Where <c>dotnet publish</c> puts a service.</summary>
    public string PublishedOf(string name) => Path.Combine(
        Path.GetDirectoryName(Project(name))!, "bin", Repository.Configuration, $"net{Environment.Version.Major}.{Environment.Version.Minor}", "publish");

    /// <summary>Writes a solution of some services, to build them all at once.</summary>
    /// <returns>Its file.</returns>
    public string Solution(string name, IEnumerable<string> services)
    {
        var file = Path.Combine(Root, $"{name}.slnx");
        var projects = services.Select(s => new XElement("Project", new XAttribute("Path", Path.GetRelativePath(Root, Project(s)))));
        var solution = new XElement("Solution", projects);
        File.WriteAllText(file, solution.ToString());
        return file;
    }

    /// <summary>Changes a file; fails when there is nothing to change.</summary>
    public void Edit(string path, Func<string, string> change)
    {
        var file = Path.Combine(Root, path);
        var text = File.ReadAllText(file);
        var changed = change(text);
        if (changed == text)
            throw new InvalidOperationException($"{path} does not have the content that the experiment expects: there was nothing to change.");
        File.WriteAllText(file, changed);
    }

    /// <summary>Runs <c>dotnet</c> in the copy and returns how long it took.</summary>
    public async Task<TimeSpan> DotNetAsync(CancellationToken cancellation, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        await ChildProcess.RunAsync("dotnet", [.. arguments, "-nologo"], Root, s_buildLimit, cancellation);
        return clock.Elapsed;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from).Where(f => !s_left.Contains(Path.GetFileName(f))))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
