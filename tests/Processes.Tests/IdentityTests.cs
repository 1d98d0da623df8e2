using System.Diagnostics;
using Aspire.Hosting;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

/// <summary>A number in a file is not yet the process that it was written for.</summary>
public sealed class IdentityTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("identity-").FullName;
    private readonly Process _innocent = Process.Start("sleep", "900");

    [Fact]
    public async Task AProcessIsTheSameUntilItEnds()
    {
        var identity = ProcessIdentity.Of(_innocent.Id)!;
        Assert.True(identity.IsAlive);
        Assert.False((identity with { Start = "1" }).IsAlive);
        await EndAsync();
        Assert.False(identity.IsAlive);
    }

    [Fact]
    public void TheWatcherOfAKilledAppHostSignalsNoProcessThatTheRunHasNotStarted()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "run", "started"));
        var other = ProcessIdentity.Of(_innocent.Id)! with { Start = "1" };
        File.WriteAllText(Path.Combine(_folder, "run", "started", "postgres-process"), other.ToLines() + "\n");

        using var watcher = Watch(ProcessIdentity.Current with { Start = "1" });
        Assert.True(watcher.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.False(Directory.Exists(Path.Combine(_folder, "run")));
        Assert.False(_innocent.HasExited);
    }

    [Fact]
    public void TheWatcherOfAKilledAppHostEndsTheServerThatTheRunHasStarted()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "run", "started"));
        File.WriteAllText(Path.Combine(_folder, "run", "started", "postgres-process"), ProcessIdentity.Of(_innocent.Id)!.ToLines() + "\n");

        using var watcher = Watch(ProcessIdentity.Current with { Start = "1" });
        Assert.True(_innocent.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.True(watcher.WaitForExit(TimeSpan.FromSeconds(20)));
        Assert.False(Directory.Exists(Path.Combine(_folder, "run")));
    }

    [Fact]
    public async Task DataIsKeptForOneAppHostAndGivenBackAtItsEnd()
    {
        var limit = TimeSpan.FromMilliseconds(300);
        using (await TakeAsync(limit))
        {
            var e = await Assert.ThrowsAsync<DistributedApplicationException>(() => TakeAsync(limit));
            Assert.Equal($"The data of 'postgres' in {_folder} is in use by the AppHost of process {Environment.ProcessId}. Stop it, or give the server a volume of its own.", e.Message);
        }

        (await TakeAsync(limit)).Dispose();
    }

    [Fact]
    public async Task DataIsNotGivenToTheNextWhileAServerOfTheLastStillRuns()
    {
        var limit = TimeSpan.FromMilliseconds(300);
        using (var first = await TakeAsync(limit))
        {
            first.ServedBy(ProcessIdentity.Of(_innocent.Id)!);
        }

        var e = await Assert.ThrowsAsync<DistributedApplicationException>(() => TakeAsync(limit));
        Assert.Contains($"is in use by process {_innocent.Id}, which an AppHost has left behind. End it,", e.Message, StringComparison.Ordinal);

        var waiting = TakeAsync(TimeSpan.FromSeconds(20));
        await EndAsync();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task DataIsGivenToTheNextWhenAnotherProgramHasTheNumberOfTheLastServer()
    {
        using (var first = await TakeAsync(TimeSpan.Zero))
        {
            first.ServedBy(ProcessIdentity.Of(_innocent.Id)! with { Start = "1" });
        }

        (await TakeAsync(TimeSpan.Zero)).Dispose();
        Assert.False(_innocent.HasExited);
    }

    [Fact]
    public void AStalePostgresPidFileLosesTheNumberOfAnotherProgramAndNothingElse()
    {
        var file = new PostgresPidFile(_folder);
        File.WriteAllText(file.Path, $"{_innocent.Id}\n{_folder}\n1700000000\n5432\n");
        file.Clear("postgres");
        Assert.Equal(["2147483647", _folder, "1700000000", "5432"], File.ReadAllLines(file.Path));
        Assert.False(_innocent.HasExited);
    }

    public void Dispose()
    {
        _innocent.Kill();
        _innocent.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<DataLock> TakeAsync(TimeSpan limit) => DataLock.TakeAsync("postgres", _folder, limit, new Progress<string>(), TestContext.Current.CancellationToken);

    private Process Watch(ProcessIdentity host) => RunFolder.StartWatcher(host, Path.Combine(_folder, "run"))!;

    private async Task EndAsync()
    {
        _innocent.Kill();
        await _innocent.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
