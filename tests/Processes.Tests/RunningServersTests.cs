using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

[Collection("servers")] // one after the other: they count the processes of this machine
public sealed class RunningServersTests(RunningServers servers) : IClassFixture<RunningServers>
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
    [InlineData("postgres", "postgres")]
    [InlineData("broker", "beam.smp")]
    public async Task AKilledServerShowsItAndComesBackWithItsData(string server, string program)
    {
        await servers.WriteRowAsync("kept", Timeout);
        await servers.PublishAsync("kept", "kept", Timeout);
        Assert.True(await Eventually.IsTrueAsync(() => IsRegistered("kept"), TimeSpan.FromSeconds(20)), "RabbitMQ has not written the new queue to its registry.");
        var pid = ProcessTable.Mentioning(servers.RunFolder).First(pid => ProcessTable.NameOf(pid) == program);

        using (var process = Process.GetProcessById(pid))
        {
            process.Kill();
        }

        await servers.Notifications.WaitForResourceAsync(server, KnownResourceStates.TerminalStates, Timeout).WaitAsync(DeathLimit, Timeout);
        await servers.ExecuteAsync(server, KnownResourceCommands.StartCommand, Timeout);
        await servers.WaitUntilItAnswersAsync(server, Timeout);

        Assert.True(await servers.HasRowAsync("kept", Timeout));
        Assert.Equal("kept", await servers.ReceiveAsync("kept", Timeout));
    }

    // RabbitMQ (4.0 as 3.10 before it) writes the name of a new quorum queue to disk a moment after it has confirmed messages in it. Killed in
    // between it has the messages, but does not find them under that name any more.
    private bool IsRegistered(string queue) => Directory.EnumerateFiles(servers.RunFolder, "names.dets", SearchOption.AllDirectories)
        .Any(registry => File.ReadAllBytes(registry).AsSpan().IndexOf(Encoding.ASCII.GetBytes(queue)) >= 0);

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
    public void TheServersAreShownWithTheirProcessesAsChildren()
    {
        var model = servers.Application.Services.GetRequiredService<DistributedApplicationModel>();
        foreach (var (process, server) in new[] { ("postgres-process", "postgres"), ("broker-process", "broker"), ("broker-epmd", "broker") })
        {
            Assert.Equal(server, Assert.IsType<IResourceWithParent>(model.Resources.Single(resource => resource.Name == process), exactMatch: false).Parent.Name);
        }

        Assert.True(servers.Notifications.TryGetCurrentState("postgres", out var current));
        Assert.Equal(KnownResourceStates.Running, current.Snapshot.State?.Text);
        Assert.Contains(current.Snapshot.Urls, url => url.Name == "tcp");
    }

    [Fact]
    public async Task ASecondApplicationRunsBesideIt()
    {
        await using var second = new RunningServers();
        await second.InitializeAsync();
        await second.WriteRowAsync("theirs", Timeout);
        await servers.WriteRowAsync("ours", Timeout);
        Assert.False(await second.HasRowAsync("ours", Timeout));
        Assert.NotEqual(await servers.Application.GetConnectionStringAsync("broker", Timeout), await second.Application.GetConnectionStringAsync("broker", Timeout));
        await second.PublishAsync("theirs", "theirs", Timeout);
        Assert.Equal("theirs", await second.ReceiveAsync("theirs", Timeout));
    }

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
