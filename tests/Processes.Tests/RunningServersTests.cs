using System.Net.Http.Headers;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

[Collection("servers")] // one after the other: they count the processes of this machine
public sealed class RunningServersTests(ServersOnVolume servers) : IClassFixture<ServersOnVolume>
{
    private static readonly TimeSpan DeathLimit = TimeSpan.FromSeconds(10);

    private static CancellationToken Timeout => CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken, new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token).Token;

    [Fact]
    public async Task BothServersTakeDataAndGiveItBack()
    {
        await servers.WriteRowAsync("first", Timeout);
        Assert.True(await servers.HasRowAsync("first", Timeout));
        await servers.PublishAsync("letters", "hello", Timeout);
        Assert.Equal("hello", await servers.ReceiveAsync("letters", Timeout));
    }

    [Theory]
    [InlineData("postgres")]
    [InlineData("broker")]
    public async Task AKilledServerShowsItAndComesBackWithItsData(string server)
    {
        await servers.WriteRowAsync("kept", Timeout);
        await servers.PublishAsync("kept", "kept", Timeout);
        Assert.True(await Eventually.IsTrueAsync(() => RunningApplication.IsRegistered(servers.Data.FolderOf("broker"), "kept"), TimeSpan.FromSeconds(20)), "RabbitMQ has not written the new queue to its registry.");

        await servers.Servers.KillAsync(server, Timeout).WaitAsync(DeathLimit, Timeout);
        await servers.ExecuteAsync(server, KnownResourceCommands.StartCommand, Timeout);
        await servers.WaitUntilItAnswersAsync(server, Timeout);

        Assert.True(await servers.HasRowAsync("kept", Timeout));
        Assert.Equal("kept", await servers.ReceiveAsync("kept", Timeout));
    }

    [Fact]
    public async Task RestartingPostgresWithAnOpenConnectionNeedsNoRecovery()
    {
        await servers.WriteRowAsync("before", Timeout);
        await using var connection = await servers.OpenDatabaseAsync(Timeout);
        var before = await servers.LogOfAsync("postgres");

        await servers.ExecuteAsync("postgres", KnownResourceCommands.RestartCommand, Timeout);
        await servers.WaitUntilItAnswersAsync("postgres", Timeout);

        Assert.True(await servers.HasRowAsync("before", Timeout));
        var lines = await Eventually.IsAsync(
            async () => SinceRestart(await servers.LogOfAsync("postgres")),
            lines => lines.Any(line => line.Contains("database system was shut down at", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.Contains("was not properly shut down", StringComparison.Ordinal));

        // DCP keeps the log of the process that runs; until the new one has written, it is that of the old one.
        List<string> SinceRestart(IReadOnlyList<string> log) => [.. log.Take(before.Count).SequenceEqual(before) ? log.Skip(before.Count) : log];
    }

    [Fact]
    public async Task RestartingTheBrokerKeepsItsMessages()
    {
        await servers.PublishAsync("restarted", "still here", Timeout);
        await servers.ExecuteAsync("broker", KnownResourceCommands.RestartCommand, Timeout);
        await servers.WaitUntilItAnswersAsync("broker", Timeout);
        Assert.Equal("still here", await servers.ReceiveAsync("restarted", Timeout));
    }

    [Fact]
    public async Task TheManagementPluginAnswers()
    {
        using var client = new HttpClient { BaseAddress = servers.Application.GetEndpoint("broker", "management") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("guest:Kennwort1")));
        Assert.Contains("rabbitmq_version", await client.GetStringAsync("/api/overview", Timeout), StringComparison.Ordinal);
    }

    [Fact]
    public void NothingListensBeyondThisMachine()
    {
        var sockets = File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6")).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(fields => fields.Length > 9 && fields[3] == "0A").ToDictionary(fields => fields[9], fields => fields[1]);
        var listening = ProcessTable.Mentioning(servers.RunFolder).SelectMany(SocketsOf).Where(sockets.ContainsKey).Select(inode => sockets[inode]).Distinct().ToList();

        Assert.NotEmpty(listening);
        Assert.All(listening, address => Assert.True(address.StartsWith("0100007F:", StringComparison.Ordinal) || address.StartsWith("00000000000000000000000001000000:", StringComparison.Ordinal), address));
    }

    [Fact]
    public async Task TheServersAreShownWithTheirProcessesAsChildren()
    {
        var model = servers.Application.Services.GetRequiredService<DistributedApplicationModel>();
        foreach (var (process, server) in new[] { ("postgres-process", "postgres"), ("broker-process", "broker"), ("broker-epmd", "broker") })
        {
            Assert.Equal(server, Assert.IsType<IResourceWithParent>(model.Resources.Single(resource => resource.Name == process), exactMatch: false).Parent.Name);
        }

        // Another test may have restarted it a moment ago.
        await servers.Notifications.WaitForResourceAsync(
            "postgres", e => e.Snapshot.State?.Text == KnownResourceStates.Running && e.Snapshot.Urls.Any(url => url.Name == "tcp"), Timeout).WaitAsync(DeathLimit, Timeout);
    }

    [Fact]
    public async Task ASecondApplicationRunsBesideItAndKeepsNothingButItsVolumesData()
    {
        using var volume = new TestVolume();
        string folder;
        await using (var second = new RunningServers { Volume = volume.Name })
        {
            await second.InitializeAsync();
            folder = second.RunFolder;
            Assert.NotEmpty(ProcessTable.Mentioning(folder));
            await second.WriteRowAsync("theirs", Timeout);
            await servers.WriteRowAsync("ours", Timeout);
            Assert.False(await second.HasRowAsync("ours", Timeout));
            Assert.NotEqual(await servers.Application.GetConnectionStringAsync("broker", Timeout), await second.Application.GetConnectionStringAsync("broker", Timeout));
            await second.PublishAsync("theirs", "theirs", Timeout);
        }

        Assert.False(Directory.Exists(folder));
        Assert.True(
            await Eventually.IsTrueAsync(() => !ProcessTable.Mentioning(folder).Any(), TimeSpan.FromSeconds(2)),
            string.Join(", ", ProcessTable.Mentioning(folder).Select(pid => $"{pid} {ProcessTable.NameOf(pid)}")));

        await using var again = new RunningServers { Volume = volume.Name };
        await again.InitializeAsync();
        Assert.True(await again.HasRowAsync("theirs", Timeout));
        Assert.Equal("theirs", await again.ReceiveAsync("theirs", Timeout));
        var log = await again.LogOfAsync("postgres");
        Assert.Contains(log, line => line.Contains("database system was shut down at", StringComparison.Ordinal));
        Assert.DoesNotContain(log, line => line.Contains("was not properly shut down", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ASecondStartOnTheSameDataIsRefusedAndTheFirstKeepsServing()
    {
        var before = ServerProcesses();

        await using (var second = ServersProcess.Start(["--volume", servers.Data.Name]))
        {
            Assert.NotEqual(0, await second.ExitCodeAsync(TimeSpan.FromSeconds(60)));
            await second.UntilItSaysAsync($"is in use by the AppHost of process {Environment.ProcessId}. Stop it, or give the server a volume of its own.");
            await second.UntilAsync("the end of its watcher", TimeSpan.FromSeconds(40), () => RunFolders.Of(second.Id, second.TemporaryFolder).Count == 0 && !ProcessTable.Mentioning($"msaaspire-watcher {second.Id} ").Any());
        }

        Assert.Equal(before, ServerProcesses());
        await servers.WriteRowAsync("still", Timeout);
        Assert.True(await servers.HasRowAsync("still", Timeout));
        await servers.PublishAsync("still", "still", Timeout);
        Assert.Equal("still", await servers.ReceiveAsync("still", Timeout));
    }

    private List<string> ServerProcesses() =>
        [.. new[] { "postgres-process", "broker-process" }.Select(servers.Servers.ProcessId).Select(pid => $"{pid} {ProcessTable.NameOf(pid)}")];

    private static IEnumerable<string> SocketsOf(int pid)
    {
        foreach (var descriptor in Directory.EnumerateFiles($"/proc/{pid}/fd"))
        {
            var target = new FileInfo(descriptor).LinkTarget;
            if (target?.StartsWith("socket:[", StringComparison.Ordinal) == true)
            {
                yield return target["socket:[".Length..^1];
            }
        }
    }
}
