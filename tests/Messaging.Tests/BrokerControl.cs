using System.Diagnostics;
using Xunit;

namespace Messaging.Tests;

/// <summary>What an operator does to the broker.</summary>
public sealed class BrokerControl(BareServers servers)
{
    /// <summary>Makes the broker believe that it is short of memory, so that it takes nothing from publishers.</summary>
    public Task BlockAsync() => RunAsync("set_vm_memory_high_watermark", "absolute", "1");

    public Task UnblockAsync() => RunAsync("set_vm_memory_high_watermark", "0.4");

    /// <summary>Makes the broker forget everything, and lose all connections.</summary>
    public async Task EmptyAsync()
    {
        await RunAsync("stop_app");
        await RunAsync("reset");
        await RunAsync("start_app");
    }

    private async Task RunAsync(params string[] arguments)
    {
        var snapshot = servers.Instances("broker-process").Single().Snapshot;
        var pid = snapshot.Properties.Single(p => p.Name == "executable.pid").Value!.ToString();

        // The node's name, cookie, port mapper and programs are in its environment.
        var environment = (await File.ReadAllTextAsync($"/proc/{pid}/environ")).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(line => line[..line.IndexOf('=')], line => line[(line.IndexOf('=') + 1)..]);
        var start = new ProcessStartInfo(Path.Combine(environment["ERL_LIBS"], "..", "sbin", "rabbitmqctl"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        // Derived from the node's own port these could be past the last one.
        start.Environment["RABBITMQ_CTL_DIST_PORT_MIN"] = "35672";
        start.Environment["RABBITMQ_CTL_DIST_PORT_MAX"] = "35682";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"rabbitmqctl {string.Join(' ', arguments)}: {output} {errors}");
    }
}
