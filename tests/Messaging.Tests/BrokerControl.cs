using System.Diagnostics;
using Xunit;

namespace Messaging.Tests;

/// <summary>What an operator does to the broker.</summary>
public sealed class BrokerControl(BareServers servers)
{
    /// <summary>Makes the broker believe that it is short of memory, so that it takes nothing from publishers.</summary>
    public Task BlockAsync() => RunAsync("set_vm_memory_high_watermark", "absolute", "1");

    public Task UnblockAsync() => RunAsync("set_vm_memory_high_watermark", "0.4");

    private async Task RunAsync(params string[] arguments)
    {
        var snapshot = servers.Instances("broker-process").Single().Snapshot;
        var start = new ProcessStartInfo(Path.Combine(Path.GetDirectoryName(Property("executable.path"))!, "rabbitmqctl"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // The node's name, cookie and port mapper are in its environment.
        start.Environment.Clear();
        foreach (var line in (await File.ReadAllTextAsync($"/proc/{Property("executable.pid")}/environ")).Split('\0', StringSplitOptions.RemoveEmptyEntries))
            start.Environment[line[..line.IndexOf('=')]] = line[(line.IndexOf('=') + 1)..];
        // Erlang put a folder there whose programs work for the installed machine only.
        start.Environment["PATH"] = string.Join(':', start.Environment["PATH"]!.Split(':').Where(p => !p.Contains("/erts-", StringComparison.Ordinal)));
        // Derived from the node's own port these could be past the last one.
        start.Environment["RABBITMQ_CTL_DIST_PORT_MIN"] = "35672";
        start.Environment["RABBITMQ_CTL_DIST_PORT_MAX"] = "35682";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"rabbitmqctl {string.Join(' ', arguments)}: {output} {errors}");

        string Property(string name) => snapshot.Properties.Single(p => p.Name == name).Value!.ToString()!;
    }
}
