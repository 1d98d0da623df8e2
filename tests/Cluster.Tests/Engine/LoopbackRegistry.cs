using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Cluster.Tests.Engine;

/// <summary>A container registry of the test's own, from Debian's package docker-registry.</summary>
internal sealed class LoopbackRegistry : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20), s_poll = TimeSpan.FromMilliseconds(100);

    private readonly Process _process;
    private readonly DirectoryInfo _folder;

    private LoopbackRegistry(Process process, DirectoryInfo folder, string address) => (_process, _folder, Address) = (process, folder, address);

    public const string Program = "docker-registry";

    /// <summary>Host and port.</summary>
    public string Address { get; }

    public static async Task<LoopbackRegistry> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("registry-");
        var address = $"127.0.0.1:{FreePort()}";
        var settings = Path.Combine(folder.FullName, "config.yml");
        await File.WriteAllTextAsync(
            settings,
            "version: 0.1\nlog: { level: error, accesslog: { disabled: true } }\n"
            + $"storage: {{ filesystem: {{ rootdirectory: {folder.FullName}/data }} }}\nhttp: {{ addr: \"{address}\" }}\n");
        var process = Process.Start(new ProcessStartInfo(Program, ["serve", settings]) { UseShellExecute = false })!;
        var registry = new LoopbackRegistry(process, folder, address);
        await registry.WaitAsync();
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task WaitAsync()
    {
        using var client = new HttpClient { Timeout = s_limit };
        for (var deadline = DateTime.UtcNow + s_limit; ; await Task.Delay(s_poll, TestContext.Current.CancellationToken))
        {
            try
            {
                using var answer = await client.GetAsync(new Uri($"http://{Address}/v2/"), TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException e)
            {
                Assert.True(
                    DateTime.UtcNow < deadline && !_process.HasExited,
                    $"{Program} did not answer at {Address} within {s_limit.TotalSeconds:0} s: {e.Message}");
            }
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
