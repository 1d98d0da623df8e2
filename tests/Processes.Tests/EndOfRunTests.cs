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
            Assert.Contains(second.LogOf("postgres"), line => line.Contains("database system was shut down at", StringComparison.Ordinal));
            Assert.DoesNotContain(second.LogOf("postgres"), line => line.Contains("was not properly shut down", StringComparison.Ordinal));
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
        var program = Path.Combine(AppContext.BaseDirectory, "ServersAppHost.dll");
        using var appHost = Process.Start(new ProcessStartInfo("dotnet", ["exec", program]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string? folder = null;
        try
        {
            using var deadline = new CancellationTokenSource(StartLimit);
            while (await appHost.StandardOutput.ReadLineAsync(deadline.Token) is { } line && line != "servers are healthy")
            {
                // Only the end of the start matters.
            }

            folder = Processes.RunFolders(appHost.Id).Single();
            Assert.Contains("beam.smp", Processes.Of(folder).Select(Processes.Name));
        }
        finally
        {
            appHost.Kill();
        }

        var clock = Stopwatch.StartNew();
        Assert.True(
            await Eventually.IsTrueAsync(() => !Directory.Exists(folder) && !Leftovers().Any(), TimeSpan.FromSeconds(12)),
            $"Left: {Describe(Leftovers())}, folder: {Directory.Exists(folder)}");
        TestContext.Current.SendDiagnosticMessage("Everything was gone after {0:0.0} s.", clock.Elapsed.TotalSeconds);

        IEnumerable<int> Leftovers() => Processes.Of(folder!).Concat(Processes.Of($"--monitor {appHost.Id} "));
    }

    private static string Describe(IEnumerable<int> pids) => string.Join(", ", pids.Select(pid => $"{pid} {Processes.Name(pid)}"));

    private static IEnumerable<string> VolumeFolders(string volume) =>
        new[] { Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "msaaspire", "volumes"), "/var/lib/msaaspire/volumes" }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateDirectories(folder, volume + "*"));
}
