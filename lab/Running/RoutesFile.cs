using System.Text.Json;

namespace MsaAspire.Lab.Running;

/// <summary>The routes file that the gateway reloads while it runs (<c>Gateway:RoutesFile</c>).</summary>
internal sealed class RoutesFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("msaaspire-routes-").FullName;

    public string Path => System.IO.Path.Combine(_folder, "routes.json");

    public void Add(string path, Uri service) => Write(new
    {
        Routes = new Dictionary<string, object> { ["added"] = new { ClusterId = "added", Match = new { Path = path } } },
        Clusters = new Dictionary<string, object>
        {
            ["added"] = new { Destinations = new Dictionary<string, object> { ["added"] = new { Address = service.ToString() } } },
        },
    });

    public void Clear() => Write(new { });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Replaced atomically, like a mounted ConfigMap.
    private void Write(object content)
    {
        File.WriteAllText($"{Path}.new", JsonSerializer.Serialize(content));
        File.Move($"{Path}.new", Path, overwrite: true);
    }
}
