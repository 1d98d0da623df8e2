using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

[Collection("servers")] // one after the other: they count the processes of this machine
public sealed class SecondStartTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ASecondStartOnTheSameDataIsRefusedAndTheFirstKeepsServing()
    {
        using var volume = new TestVolume();
        await using var first = new RunningServers { Volume = volume.Name };
        await first.InitializeAsync();
        var servers = Servers(first);

        await using (var second = ServersProcess.Start(["--volume", volume.Name]))
        {
            Assert.NotEqual(0, await second.ExitCodeAsync(TimeSpan.FromSeconds(60)));
            await second.UntilItSaysAsync($"is in use by the AppHost of process {Environment.ProcessId}. Stop it, or give the server a volume of its own.");
            await second.UntilAsync("the end of its watcher", TimeSpan.FromSeconds(40), () => RunFolders.Of(second.Id, second.TemporaryFolder).Count == 0 && !ProcessTable.Mentioning($"msaaspire-watcher {second.Id} ").Any());
        }

        Assert.Equal(servers, Servers(first));
        await first.WriteRowAsync("still", Cancelled);
        Assert.True(await first.HasRowAsync("still", Cancelled));
        await first.PublishAsync("still", "still", Cancelled);
        Assert.Equal("still", await first.ReceiveAsync("still", Cancelled));
    }

    [Fact]
    public async Task AStartRightAfterTheAppHostWasKilledWaitsForItsServersAndFindsTheData()
    {
        using var volume = new TestVolume();
        // To the end of the test: its watcher and its servers still need its temporary folder.
        await using var killed = ServersProcess.Start(["--volume", volume.Name]);
        await killed.UntilReadyAsync();
        killed.Send(Signal.Kill);

        await using var next = ServersProcess.Start(["--volume", volume.Name]);
        await next.UntilReadyAsync();
        Assert.Contains("which still serves the data of", next.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("was not properly shut down", next.Output, StringComparison.Ordinal);
    }

    // PostgreSQL itself, not the processes that it starts and ends as it likes.
    private static List<int> Servers(RunningServers servers) =>
        [.. ProcessTable.Mentioning(servers.RunFolder).Where(pid => ProcessTable.NameOf(pid) == "beam.smp" || ProcessIdentity.Read(Path.Combine(servers.RunFolder, "started", "postgres-process"))?.Id == pid).Order()];
}
