namespace MsaAspire.Hosting.Processes.Tests;

/// <summary>A volume that goes with its test.</summary>
internal sealed class TestVolume : IDisposable
{
    public string Name { get; } = $"msaaspire-test-{Guid.NewGuid():N}";

    /// <summary>The folder of one server's data.</summary>
    public string FolderOf(string server) => Folders.Single(folder => folder.EndsWith($"-{server}", StringComparison.Ordinal));

    public void Dispose()
    {
        foreach (var folder in Folders)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private IEnumerable<string> Folders =>
        new[] { Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "msaaspire", "volumes"), "/var/lib/msaaspire/volumes" }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder, Name + "*"));
}
