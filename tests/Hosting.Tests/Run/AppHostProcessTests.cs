using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Hosting.Tests.Run;

/// <summary>What only an AppHost of its own process can show: how it ends.</summary>
public sealed class AppHostProcessTests
{
    [Fact]
    public async Task Killing_the_AppHost_leaves_no_process_and_no_folder()
    {
        using var appHost = TinyAppHost.Start();
        var pids = await appHost.PidsAsync();
        var folder = Assert.Single(appHost.SessionFolders());
        appHost.Process.Kill();
        await Eventually.Async(() => !pids.Any(IsAlive) && !Directory.Exists(folder), TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Sigterm_stops_everything_in_seconds()
    {
        using var appHost = TinyAppHost.Start();
        var pids = await appHost.PidsAsync();
        var folder = Assert.Single(appHost.SessionFolders());
        appHost.Terminate();
        await appHost.Process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Equal(0, appHost.Process.ExitCode);
        Assert.DoesNotContain(pids, IsAlive);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_port_in_use_ends_the_start_with_its_endpoint_and_the_way_out()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var appHost = TinyAppHost.Start("--port", $"{port}");
        var (exitCode, errors) = await appHost.EndAsync();
        Assert.NotEqual(0, exitCode);
        Assert.Contains($"The port {port} of the endpoint 'front' of resource 'parent' is already in use", errors, StringComparison.Ordinal);
        Assert.Empty(appHost.SessionFolders());
    }

    [Fact]
    public async Task A_missing_dcp_is_named_together_with_the_way_out()
    {
        using var appHost = TinyAppHost.Start("--ASPIRE_DCP_PATH", "/no/such/folder/dcp");
        var (exitCode, errors) = await appHost.EndAsync();
        Assert.NotEqual(0, exitCode);
        Assert.Contains("/no/such/folder/dcp", errors, StringComparison.Ordinal);
        Assert.Contains("ASPIRE_DCP_PATH", errors, StringComparison.Ordinal);
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            // A zombie that nobody reaps, as in a container without an init, is dead all the same.
            return !File.Exists($"/proc/{pid}/stat") || !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
