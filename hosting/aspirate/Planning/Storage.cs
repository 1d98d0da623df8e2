using System.Text.RegularExpressions;
using MsaAspire.Aspirate.Manifests;

namespace MsaAspire.Aspirate.Planning;

/// <summary>Where a workload's files are.</summary>
internal static partial class Storage
{
    /// <summary>Of a ConfigMap, by the API server's rule.</summary>
    private const int MostBytes = 1024 * 1024;

    /// <summary>The model's volumes; for a server without one, an ephemeral folder.</summary>
    public static IReadOnlyList<DataVolume> VolumesOf(ComputeResource resource, ImageProfile profile)
    {
        var volumes = new List<DataVolume>();
        foreach (var volume in (resource as ContainerResource)?.Volumes ?? [])
            volumes.Add(new(Unused(Names.Volume(volume.Name ?? "data"), volumes), volume.Target, volume.ReadOnly, Persistent: true));
        if (profile.Data is { } data && !volumes.Exists(v => IsAtOrBelow(data, v.Target) || IsAtOrBelow(v.Target, data)))
            volumes.Add(new(Unused("data", volumes), data, ReadOnly: false, Persistent: false));
        return volumes;
    }

    /// <summary>A name that neither another volume nor a folder of the pod's own has.</summary>
    private static string Unused(string name, List<DataVolume> volumes)
    {
        bool IsTaken(string candidate) =>
            candidate is "tmp" or Databases.Name || OwnFolder.IsMatch(candidate)
                || volumes.Exists(v => v.Name == candidate);
        return IsTaken(name)
            ? Enumerable.Range(volumes.Count, int.MaxValue - volumes.Count).Select(i => $"{name}-{i}").First(candidate => !IsTaken(candidate))
            : name;
    }

    /// <summary>A volume's root is not empty (<c>lost+found</c>), and PostgreSQL requires an empty folder.</summary>
    public static void AddDataFolder(Variables variables, ImageProfile profile, IReadOnlyList<DataVolume> volumes)
    {
        if (profile is { IsPostgres: true, Data: "/var/lib/postgresql/data" } && volumes.Any(v => v.Target.TrimEnd('/') == profile.Data))
            variables.AddDefault("PGDATA", $"{profile.Data}/pgdata");
    }

    /// <summary>The files and folders that the model mounts from the developer's machine.</summary>
    /// <exception cref="AspirateException">They are missing, or too large for a ConfigMap.</exception>
    public static IEnumerable<ConfigFiles> FilesOf(ComputeResource resource)
    {
        var number = 0;
        foreach (var mount in (resource as ContainerResource)?.BindMounts ?? [])
        {
            var isFile = File.Exists(mount.Source);
            if (!isFile && !Directory.Exists(mount.Source))
            {
                throw new AspirateException(
                    $"The resource \"{resource.Name}\" mounts {mount.Source}, which is neither a file nor a folder here. "
                    + "Create it, or remove the mount from the app model.");
            }

            var paths = isFile
                ? [mount.Source]
                : Directory.GetFiles(mount.Source, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
            if (paths.Sum(p => new FileInfo(p).Length) > MostBytes)
            {
                throw new AspirateException(
                    $"The resource \"{resource.Name}\" mounts {mount.Source}, which is larger than the 1 MiB that a ConfigMap holds. "
                    + "Put the files into an image, or use a volume.");
            }

            yield return new($"files-{number++}", mount.Target, Files(resource, mount.Source, isFile, paths), IsSingle: isFile);
        }
    }

    private static List<ConfigFile> Files(ComputeResource resource, string source, bool isFile, string[] paths)
    {
        var files = new List<ConfigFile>();
        foreach (var path in paths)
        {
            var relative = isFile ? Path.GetFileName(path) : Path.GetRelativePath(source, path).Replace('\\', '/');
            var key = NotInKey.Replace(relative, m => m.Value == "/" ? "__" : "_");
            files.Add(new(relative, files.Exists(f => f.Key == key) ? $"{key}.{files.Count}" : key, Read(resource, path)));
        }

        return files;
    }

    private static byte[] Read(ComputeResource resource, string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AspirateException(
                $"The resource \"{resource.Name}\" mounts {path}, which cannot be read as a file: {e.Message}. "
                + "It cannot be mounted in a cluster; remove it from the app model when publishing.", e);
        }
    }

    private static bool IsAtOrBelow(string path, string folder) =>
        $"{path.TrimEnd('/')}/".StartsWith($"{folder.TrimEnd('/')}/", StringComparison.Ordinal);

    [GeneratedRegex("[^-._A-Za-z0-9]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NotInKey { get; }

    [GeneratedRegex(@"^(writable|files)-\d+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OwnFolder { get; }
}
