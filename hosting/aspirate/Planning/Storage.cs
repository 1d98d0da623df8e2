using MsaAspire.Aspirate.Manifests;

namespace MsaAspire.Aspirate.Planning;

/// <summary>Where a workload's files are.</summary>
internal static class Storage
{
    /// <summary>Of a ConfigMap, by the API server's rule.</summary>
    private const int MostBytes = 1024 * 1024;

    /// <summary>The model's volumes; for a server without one, a folder that goes with the pod.</summary>
    public static IReadOnlyList<DataVolume> VolumesOf(ComputeResource resource, ImageProfile profile)
    {
        var volumes = new List<DataVolume>();
        foreach (var volume in (resource as ContainerResource)?.Volumes ?? [])
        {
            var name = Names.Volume(volume.Name ?? "data");
            if (volumes.Exists(v => v.Name == name))
                name = $"{name}-{volumes.Count}";
            volumes.Add(new(name, volume.Target, volume.ReadOnly, Persistent: true));
        }

        if (profile.Data is { } data && !volumes.Exists(v => IsAtOrBelow(data, v.Target) || IsAtOrBelow(v.Target, data)))
            volumes.Add(new("data", data, ReadOnly: false, Persistent: false));
        return volumes;
    }

    /// <summary>A volume's root belongs to the system (<c>lost+found</c> is there), and PostgreSQL takes an empty folder only.</summary>
    public static void AddDataFolder(Variables variables, ImageProfile profile, IReadOnlyList<DataVolume> volumes)
    {
        if (profile is { Component: "database", Data: "/var/lib/postgresql/data" } && volumes.Any(v => v.Target.TrimEnd('/') == profile.Data))
            variables.AddDefault("PGDATA", $"{profile.Data}/pgdata");
    }

    /// <summary>The files and folders that the model mounts from the developer's machine.</summary>
    /// <exception cref="AspirateException">They are not there, or are too large for a ConfigMap.</exception>
    public static IEnumerable<ConfigFiles> FilesOf(ComputeResource resource)
    {
        var number = 0;
        foreach (var mount in (resource as ContainerResource)?.BindMounts ?? [])
        {
            var isFile = File.Exists(mount.Source);
            if (!isFile && !Directory.Exists(mount.Source))
                throw new AspirateException($"The resource \"{resource.Name}\" mounts {mount.Source}, which is neither a file nor a folder here. Create it, or take the mount out of the app model.");
            var paths = isFile ? [mount.Source] : Directory.GetFiles(mount.Source, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
            if (paths.Sum(p => new FileInfo(p).Length) > MostBytes)
                throw new AspirateException($"The resource \"{resource.Name}\" mounts {mount.Source}, which is larger than the 1 MiB that a ConfigMap holds. Put the files into an image, or use a volume.");
            yield return new($"files-{number++}", mount.Target, paths.ToDictionary(
                p => isFile ? Path.GetFileName(p) : Path.GetRelativePath(mount.Source, p).Replace('\\', '/'), File.ReadAllBytes), IsSingle: isFile);
        }
    }

    private static bool IsAtOrBelow(string path, string folder) => $"{path.TrimEnd('/')}/".StartsWith($"{folder.TrimEnd('/')}/", StringComparison.Ordinal);
}
