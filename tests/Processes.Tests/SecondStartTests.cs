using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

[Collection("servers")] // one after the other: they count the processes of this machine
public sealed class SecondStartTests
{
    [LongFact]
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
}
