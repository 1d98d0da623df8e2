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
        var volume = $"msaaspire-test-{Guid.NewGuid():N}";
        var cancellationToken = TestContext.Current.CancellationToken;
        try
        {
            await using (var first = new RunningServers { Volume = volume })
            {
                await first.InitializeAsync();
                await first.WriteRowAsync("kept", cancellationToken);
                await first.PublishAsync("kept", "kept", cancellationToken);
            }

            await using var second = new RunningServers { Volume = volume };
            await second.InitializeAsync();
            Assert.True(await second.HasRowAsync("kept", cancellationToken));
            Assert.Equal("kept", await second.ReceiveAsync("kept", cancellationToken));
            var log = await second.LogOfAsync("postgres");
            Assert.Contains(log, line => line.Contains("database system was shut down at", StringComparison.Ordinal));
            Assert.DoesNotContain(log, line => line.Contains("was not properly shut down", StringComparison.Ordinal));
        }
        finally
        {
            foreach (var folder in VolumeFolders(volume))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    [Fact]
    public async Task NothingIsLeftWhenTheApplicationHasStopped()
    {
        string folder;
        await using (var servers = new RunningServers())
        {
            await servers.InitializeAsync();
            folder = servers.RunFolder;
            Assert.NotEmpty(Processes.Of(folder));
        }

        Assert.False(Directory.Exists(folder));
        Assert.True(await Eventually.IsTrueAsync(() => !Processes.Of(folder).Any(), TimeSpan.FromSeconds(2)), Describe(Processes.Of(folder)));
    }

    [Fact]
    public async Task NothingIsLeftSoonAfterTheAppHostWasKilled()
    {
        await using var appHost = AppHostProcess.StartServers();
        await appHost.UntilAsync("both servers", StartLimit, () => new[] { "postgres", "beam.smp" }.All(appHost.Family().Contains));
        var folder = Processes.RunFolders(appHost.Id, appHost.TemporaryFolder).Single();
        var watched = $"--monitor {appHost.Id} ";

        appHost.Send(Signal.Kill);

        var clock = Stopwatch.StartNew();
        await appHost.NothingIsLeftAsync(TimeSpan.FromSeconds(12));
        Assert.True(!Directory.Exists(folder) && !Processes.Of(watched).Any(), $"Left: {Describe(Processes.Of(watched))}, folder: {Directory.Exists(folder)}");
        TestContext.Current.SendDiagnosticMessage("Everything was gone after {0:0.0} s.", clock.Elapsed.TotalSeconds);
    }

    private static string Describe(IEnumerable<int> pids) => string.Join(", ", pids.Select(pid => $"{pid} {Processes.Name(pid)}"));

    private static IEnumerable<string> VolumeFolders(string volume) =>
        new[] { Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "msaaspire", "volumes"), "/var/lib/msaaspire/volumes" }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder, volume + "*"));
}
