using System.Collections.Concurrent;
using MsaAspire.Hosting.Processes.Tools;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests.Tools;

/// <summary>A tools folder of its own, and what the user would have read.</summary>
internal sealed class Bench : IProgress<string>, IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("msaaspire-tools-").FullName;

    public ConcurrentQueue<string> Said { get; } = new();

    public string Server => Path.Combine(Folder, $"postgres-1.0-{Platform.Current}", "bin", "postgres");

    public Task<PostgresBinaries> GetPostgresAsync(FakeNpm? npm, string? integrity = null, string? platform = null)
    {
        var tool = new LockedTool<LockedPackage>("PostgreSQL 1.0", "1.0", 1, "put `postgres` on PATH", new() { [Platform.Current] = new("@test/postgres", integrity ?? npm?.Integrity ?? "sha512-none") });
        return new PostgresTool(new ToolInstaller(Folder, this), new NpmClient(npm?.Program), tool, platform ?? Platform.Current, this).InstallAsync(TestContext.Current.CancellationToken);
    }

    public void Report(string value) => Said.Enqueue(value);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
