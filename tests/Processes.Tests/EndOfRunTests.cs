using System.Diagnostics;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

[Collection("servers")] // one after the other: they count the processes of this machine
public sealed class EndOfRunTests
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

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
