using MsaAspire.Hosting.Processes.Tools;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests.Tools;

public sealed class InstallationTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task AToolIsFetchedOnceAndTheUserIsTold()
    {
        using var npm = new FakeNpm();
        var first = await _bench.GetPostgresAsync(npm);
        var second = await _bench.GetPostgresAsync(npm);

        Assert.Equal(first, second);
        Assert.Equal(_bench.Server, first.PostgresPath);
        Assert.Equal(1, npm.TimesAsked);
        Assert.Collection(_bench.Said,
            line => Assert.Equal("Fetching PostgreSQL 1.0 (1 MB) ...", line),
            line => Assert.Matches(@"^Fetching PostgreSQL 1\.0 \(1 MB\) \.\.\. done in \d+ s$", line));
        Assert.Empty(Directory.EnumerateDirectories(_bench.Folder, "*.tmp-*"));
    }

    [Fact]
    public async Task LibrariesAreLinkedAndEveryUserCanExecuteTheServer()
    {
        using var npm = new FakeNpm();
        var binaries = await _bench.GetPostgresAsync(npm);

        var library = new FileInfo(Path.Combine(Path.GetDirectoryName(binaries.PostgresPath)!, "..", "lib", "libpq.so.5"));
        Assert.Equal("libpq.so.5.18", library.LinkTarget);
        Assert.True(File.GetUnixFileMode(binaries.PostgresPath).HasFlag(UnixFileMode.OtherExecute | UnixFileMode.OtherRead));
    }

    [Theory]
    [InlineData("a key file is gone")]
    [InlineData("a key file is shorter")]
    [InlineData("the marker is gone")]
    [InlineData("the marker is half written")]
    public async Task ADamagedInstallationIsRepaired(string damage)
    {
        using var npm = new FakeNpm();
        await _bench.GetPostgresAsync(npm);
        var marker = Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetDirectoryName(_bench.Server))!, ".installed.json").Single();
        switch (damage)
        {
            case "a key file is gone": File.Delete(_bench.Server); break;
            case "a key file is shorter": File.WriteAllText(_bench.Server, "the"); break;
            case "the marker is gone": File.Delete(marker); break;
            default: File.WriteAllText(marker, "{\"Iden"); break;
        }

        await _bench.GetPostgresAsync(npm);

        Assert.Equal("the server", File.ReadAllText(_bench.Server));
        Assert.Equal(2, npm.TimesAsked);
        Assert.Contains(_bench.Said, line => line.StartsWith("Repairing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhatAKilledInstallationLeftIsRemoved()
    {
        using var npm = new FakeNpm();
        var leftover = Directory.CreateDirectory(Path.Combine(_bench.Folder, $"postgres-1.0-{Platform.Current}.tmp-1")).FullName;
        await _bench.GetPostgresAsync(npm);
        Assert.False(Directory.Exists(leftover));
    }

    [Fact]
    public async Task AChangedLockFileIsNotSatisfiedByTheOldInstallation()
    {
        using var npm = new FakeNpm();
        await _bench.GetPostgresAsync(npm);
        var e = await Assert.ThrowsAsync<ToolException>(() => _bench.GetPostgresAsync(npm, integrity: "sha512-other"));
        Assert.Contains("expected sha512-other", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoAtOnceFetchOnce()
    {
        using var npm = new FakeNpm(seconds: 0.5);
        await Task.WhenAll(_bench.GetPostgresAsync(npm), _bench.GetPostgresAsync(npm), _bench.GetPostgresAsync(npm));
        Assert.Equal(1, npm.TimesAsked);
        Assert.Equal(["Fetching PostgreSQL 1.0 (1 MB) ..."], _bench.Said.Where(line => !line.Contains("done", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WhoeverWaitsForAnotherProcessIsToldWhich()
    {
        using var npm = new FakeNpm();
        var path = Path.Combine(_bench.Folder, $"postgres-1.0-{Platform.Current}.lock");
        await File.WriteAllTextAsync(path + ".owner", "4711", TestContext.Current.CancellationToken);
        Task waiting;
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            waiting = _bench.GetPostgresAsync(npm);
            Assert.True(SpinWait.SpinUntil(() => !_bench.Said.IsEmpty, TimeSpan.FromSeconds(10)));
            Assert.Equal(["Waiting for process 4711, which is fetching the same tool ..."], _bench.Said);
        }

        await waiting;
        Assert.Equal(1, npm.TimesAsked);
    }
}
