using System.Diagnostics;
using MsaAspire.Hosting.Processes.Tools;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests.Tools;

public sealed class BrokerInAnyFolder : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private readonly Bench _bench = new();
    private readonly List<Process> _started = [];

    public void Dispose()
    {
        foreach (var process in _started)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }

        _bench.Dispose();
    }

    /// <summary>Clone, data and temporary files. RabbitMQ's and Erlang's scripts leave paths without quotes.</summary>
    [Fact]
    public async Task TheBrokerStartsWhereThePathHasSpacesAndOtherLetters()
    {
        var home = Directory.CreateDirectory(Path.Combine(_bench.Folder, "mein Klon", "저장소 ö")).FullName;
        FileModes.LetEveryoneRead(_bench.Folder);
        var tool = new RabbitMqTool(new ToolInstaller(Path.Combine(home, "tools"), _bench), new DebianArchives(AptClient.Find()), ToolLock.Current.RabbitMq, Platform.Current, _bench);
        var binaries = await tool.InstallAsync(TestContext.Current.CancellationToken);
        var run = Directory.CreateDirectory(Path.Combine(home, "run")).FullName;
        var user = UnprivilegedUser.Needed();
        var folder = new BrokerFolder(binaries, user, Directory.CreateDirectory(Path.Combine(home, "data")).FullName, run, "any@localhost");
        await folder.PrepareAsync(management: true, TestContext.Current.CancellationToken);
        string[] prefix = [.. user?.Prefix ?? []];
        var ports = new { Mapper = $"{FreePort.Next()}", Amqp = $"{FreePort.Next()}", Distribution = $"{FreePort.Next()}", Management = $"{FreePort.Next()}" };
        _ = Start([.. prefix, binaries.EpmdPath, "-address", "127.0.0.1", "-port", ports.Mapper], run, []);

        var broker = Start([.. prefix, binaries.ServerPath], run, folder.Environment().Concat([
            new("RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1"), new("RABBITMQ_NODE_PORT", ports.Amqp), new("RABBITMQ_DIST_PORT", ports.Distribution),
            new("ERL_EPMD_PORT", ports.Mapper), new("ERL_FLAGS", "-start_epmd false"), new("RUNNING_UNDER_SYSTEMD", "true"),
            new("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", $$"""-rabbitmq_management tcp_config [{port,{{ports.Management}}}]"""),
        ]));
        var said = new List<string>();
        using var deadline = new CancellationTokenSource(StartLimit);
        while (await broker.StandardOutput.ReadLineAsync(deadline.Token) is { } line && !line.Contains("Server startup complete", StringComparison.Ordinal))
        {
            said.Add(line);
        }

        Assert.False(broker.HasExited, string.Join('\n', said.TakeLast(20)));
        Assert.Equal("beam.smp", ProcessTable.NameOf(broker.Id));
    }

    private Process Start(string[] command, string folder, IEnumerable<KeyValuePair<string, object>> environment)
    {
        var start = new ProcessStartInfo(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = $"{value}";
        }

        var process = Process.Start(start)!;
        _started.Add(process);
        return process;
    }
}
