using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Cluster.Tests.Cluster;

/// <summary>The way to a Service from outside any cluster: the API server passes requests on, each to a pod that is ready.</summary>
internal sealed partial class KubectlProxy : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private KubectlProxy(Process process, Uri address) => (_process, Address) = (process, address);

    /// <summary>Of the API server, with no need to log in.</summary>
    public Uri Address { get; }

    public static async Task<KubectlProxy> StartAsync(string context)
    {
        var process = Process.Start(new ProcessStartInfo("kubectl", ["proxy", "--port=0", "--context", context])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        var line = await process.StandardOutput.ReadLineAsync(limit.Token) ?? "";
        var match = Served.Match(line);
        Assert.True(match.Success, $"kubectl proxy did not say where it listens: {line}");
        return new(process, new($"http://{match.Groups["address"].Value}/"));
    }

    /// <summary>A client of a Service's port.</summary>
    public HttpClient ClientOf(string @namespace, string service, string port) =>
        new() { BaseAddress = new(Address, $"api/v1/namespaces/{@namespace}/services/{service}:{port}/proxy/"), Timeout = TimeSpan.FromSeconds(30) };

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex("Starting to serve on (?<address>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Served { get; }
}
