using System.Diagnostics;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

[Collection("servers")] // one after the other: they count the processes of this machine
public sealed class EndOfRunTests
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task AVolumeKeepsDataAndItsServersShutDownCleanly()
    {
        using var volume = new TestVolume();
        var cancellationToken = TestContext.Current.CancellationToken;
        await using (var first = new RunningServers { Volume = volume.Name })
        {
            await first.InitializeAsync();
            await first.WriteRowAsync("kept", cancellationToken);
            await first.PublishAsync("kept", "kept", cancellationToken);
        }

        await using var second = new RunningServers { Volume = volume.Name };
        await second.InitializeAsync();
        Assert.True(await second.HasRowAsync("kept", cancellationToken));
        Assert.Equal("kept", await second.ReceiveAsync("kept", cancellationToken));
        var log = await second.LogOfAsync("postgres");
        Assert.Contains(log, line => line.Contains("database system was shut down at", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains("was not properly shut down", StringComparison.Ordinal));
    }

    [Fact]
    public async Task NothingIsLeftWhenTheApplicationHasStopped()
    {
        string folder;
        await using (var servers = new RunningServers())
        {
            await servers.InitializeAsync();
            folder = servers.RunFolder;
            Assert.NotEmpty(ProcessTable.Mentioning(folder));
        }

        Assert.False(Directory.Exists(folder));
        Assert.True(await Eventually.IsTrueAsync(() => !ProcessTable.Mentioning(folder).Any(), TimeSpan.FromSeconds(2)), Describe(ProcessTable.Mentioning(folder)));
    }

    [Fact]
    public async Task NothingIsLeftSoonAfterTheAppHostWasKilled()
    {
        await using var appHost = AppHostProcess.StartServers([]);
        await appHost.UntilAsync("both servers", StartLimit, () => new[] { "postgres", "beam.smp" }.All(appHost.Family().Contains));
        var folder = RunFolders.Of(appHost.Id, appHost.TemporaryFolder).Single();
        var watched = $"--monitor {appHost.Id} ";

        appHost.Send(Signal.Kill);

        var clock = Stopwatch.StartNew();
        await appHost.NothingIsLeftAsync(TimeSpan.FromSeconds(12));
        Assert.True(!Directory.Exists(folder) && !ProcessTable.Mentioning(watched).Any(), $"Left: {Describe(ProcessTable.Mentioning(watched))}, folder: {Directory.Exists(folder)}");
        TestContext.Current.SendDiagnosticMessage("Everything was gone after {0:0.0} s.", clock.Elapsed.TotalSeconds);
    }

    private static string Describe(IEnumerable<int> pids) => string.Join(", ", pids.Select(pid => $"{pid} {ProcessTable.NameOf(pid)}"));
}
