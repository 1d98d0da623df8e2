using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

/// <summary>What keeps a start waiting is said on the console.</summary>
[Collection("servers")] // one after the other: they count the processes of this machine
public sealed class BlockedStartTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [LongFact]
    public async Task APasswordThatIsNotTheDatasIsNamedWithWhatToDo()
    {
        using var volume = new TestVolume();
        await using (var first = ServersProcess.Start(["--volume", volume.Name]))
        {
            await first.UntilReadyAsync();
            first.Send(Signal.Terminate);
            await first.NothingIsLeftAsync(TimeSpan.FromSeconds(60));
        }

        await using var second = ServersProcess.Start(["--volume", volume.Name, "--waiter", "true", "--Parameters:postgres-password", "another", "--Parameters:broker-password", "another"]);
        await second.UntilAsync("the lines about both passwords", Limit, () => second.Says("'postgres', which") && second.Says("'broker', which"));

        var postgres = second.Line("'postgres', which");
        Assert.StartsWith("'postgres', which waiter waits for, has been unhealthy for 30 s. Its check: ", postgres, StringComparison.Ordinal);
        Assert.Contains("28P01: password authentication failed for user \"postgres\"", postgres, StringComparison.Ordinal);
        Assert.Contains("Its last log line: ", postgres, StringComparison.Ordinal);
        Assert.Contains($"What to do: the data in {volume.FolderOf("postgres")} was made with another password.", postgres, StringComparison.Ordinal);
        Assert.Contains("`dotnet user-secrets set Parameters:postgres-password PASSWORD`", postgres, StringComparison.Ordinal);

        var broker = second.Line("'broker', which");
        Assert.Contains("ACCESS_REFUSED", broker, StringComparison.Ordinal);
        Assert.Contains($"What to do: the data in {volume.FolderOf("broker")} was made with another password.", broker, StringComparison.Ordinal);
        Assert.Contains(volume.FolderOf("postgres"), broker, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHomeFolderThatCannotBeWrittenEndsTheStart()
    {
        // Not by its mode, which root may ignore: a file is where the folder should be.
        var home = Path.GetTempFileName();
        try
        {
            await using var servers = ServersProcess.Start([], new Dictionary<string, string> { ["HOME"] = home });
            Assert.NotEqual(0, await servers.ExitCodeAsync(Limit));
            await servers.UntilItSaysAsync($"The home folder {home} cannot be written, and Aspire's orchestrator has to keep files in {home}/.dcp");
            await servers.UntilItSaysAsync("or set HOME to a folder that can be written.");
        }
        finally
        {
            File.Delete(home);
        }
    }
}
