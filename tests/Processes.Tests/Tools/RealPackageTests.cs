using System.Diagnostics;
using MsaAspire.Hosting.Processes.Tools;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests.Tools;

public sealed class RealPackageTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task ThePinnedPostgresRuns()
    {
        var npm = new NpmClient(Machine.FindProgram("npm"));
        var binaries = await new PostgresTool(new ToolInstaller(_bench.Folder, _bench), npm, ToolLock.Current.Postgres, Platform.Current, _bench).InstallAsync(TestContext.Current.CancellationToken);

        var result = await ChildProcess.RunAsync(new ProcessStartInfo(binaries.PostgresPath, ["--version"]), TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal("postgres (PostgreSQL) 18.4", result.Output.Trim());
    }

    [Fact]
    public void TheLockFileKnowsEveryPlatform()
    {
        string[] platforms = ["linux-x64", "linux-arm64", "osx-x64", "osx-arm64", "win-x64", "win-arm64"];
        Assert.All(platforms, platform => Assert.StartsWith("sha512-", ToolLock.Current.Postgres.For(platform).Integrity, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MsaAspire.sln")]
    [InlineData(".git")]
    public void ToolsLieInTheRepository(string mark)
    {
        File.WriteAllText(Path.Combine(_bench.Folder, mark), "");
        var deep = Directory.CreateDirectory(Path.Combine(_bench.Folder, "a", "b")).FullName;
        Assert.Equal(Path.Combine(_bench.Folder, ".tools"), ToolsFolder.Find(deep));
    }
}
