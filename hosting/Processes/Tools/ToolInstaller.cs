using System.Diagnostics;
using System.Text.Json;

namespace MsaAspire.Hosting.Processes.Tools;

/// <summary>
/// Brings a folder of tools into being, whole or not at all: everything is prepared in a temporary folder beside it, marked as
/// complete, and renamed. The marker is what later starts trust, so a half-finished or damaged folder is noticed and made anew.
/// </summary>
internal sealed class ToolInstaller(string toolsFolder, IProgress<string>? progress)
{
    private const string MarkerName = ".installed.json";
    private static readonly TimeSpan LockLimit = TimeSpan.FromMinutes(10);

    /// <summary>Returns the folder, made or repaired where it has to be.</summary>
    /// <param name="name">The folder's name under the tools folder.</param>
    /// <param name="announcement">What the user reads while waiting.</param>
    /// <param name="identity">What the marker has to say for the folder to count, such as the package's hash.</param>
    /// <param name="keyFiles">Paths in the folder that must be there, in the size they were installed in.</param>
    /// <param name="prepareAsync">Fills the given temporary folder and returns the folder in it that is to be installed.</param>
    public async Task<string> EnsureAsync(string name, string announcement, string identity, string[] keyFiles,
        Func<string, CancellationToken, Task<string>> prepareAsync, CancellationToken cancellationToken)
    {
        var target = Path.Combine(toolsFolder, name);
        if (IsComplete(target, identity))
        {
            return target;
        }

        PublicFolder.Create(toolsFolder);
        var path = target + ".lock";
        using var held = await FolderLock.TakeAsync(
            path, LockLimit,
            holder => progress?.Report($"Waiting for {holder}, which is fetching the same tool ..."),
            holder => new ToolException($"Waited {LockLimit.TotalSeconds:0} s for {holder}, which holds {path}. End it, or delete that file when it is long gone."),
            cancellationToken);
        if (IsComplete(target, identity))
        {
            return target;
        }

        var clock = Stopwatch.StartNew();
        progress?.Report(Directory.Exists(target) ? $"Repairing a damaged installation. {announcement} ..." : $"{announcement} ...");
        RemoveLeftovers(target);
        var temporary = Directory.CreateDirectory($"{target}.tmp-{Guid.NewGuid():N}").FullName;
        try
        {
            var prepared = await prepareAsync(temporary, cancellationToken);
            WriteMarker(name, prepared, identity, keyFiles);
            if (Directory.Exists(target))
            {
                Directory.Move(target, Path.Combine(temporary, "replaced"));
            }

            Directory.Move(prepared, target);
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }

        progress?.Report($"{announcement} ... done in {clock.Elapsed.TotalSeconds:0} s");
        return target;
    }

    private static bool IsComplete(string folder, string identity)
    {
        try
        {
            var marker = JsonSerializer.Deserialize<Marker>(File.ReadAllText(Path.Combine(folder, MarkerName)));
            return marker?.Identity == identity && marker.Files.All(file => new FileInfo(Path.Combine(folder, file.Key)) is { Exists: true } found && found.Length == file.Value);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return false;
        }
    }

    private void WriteMarker(string name, string folder, string identity, string[] keyFiles)
    {
        var files = new Dictionary<string, long>();
        foreach (var relative in keyFiles)
        {
            var path = Path.Combine(folder, relative);
            if (!File.Exists(path))
            {
                throw new ToolException($"What was fetched for {Path.GetFileName(toolsFolder)}/{name} does not hold {relative}.");
            }

            using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
            files[relative] = file.Length;
            file.Flush(flushToDisk: true);
        }

        using var marker = new FileStream(Path.Combine(folder, MarkerName), FileMode.Create);
        JsonSerializer.Serialize(marker, new Marker(identity, files));
        marker.Flush(flushToDisk: true);
    }

    // Of processes that were killed while they installed; the lock says that no one is at work now.
    private void RemoveLeftovers(string target)
    {
        foreach (var leftover in Directory.EnumerateDirectories(toolsFolder, Path.GetFileName(target) + ".tmp-*"))
        {
            Directory.Delete(leftover, recursive: true);
        }
    }

    private sealed record Marker(string Identity, Dictionary<string, long> Files);
}
