using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MsaAspire.Lab.Experiments.Kubernetes;

/// <summary>
/// Access to a Service from outside any cluster: <c>kubectl proxy</c>, and behind it the API server, which forwards each request to one of
/// the ready pods. A port-forward is not suitable, because it stays with one pod and ends with it.
/// </summary>
internal sealed partial class ApiServerProxy : IAsyncDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Uri _address;

    private ApiServerProxy(Process process, Uri address) => (_process, _address) = (process, address);

    /// <summary>Whether it still forwards requests; if not, requests failed because of it.</summary>
    public bool IsRunning => !_process.HasExited;

    /// <exception cref="InvalidOperationException">It does not say where it listens.</exception>
    public static async Task<ApiServerProxy> StartAsync(Kubectl kubectl, CancellationToken cancellation)
    {
        var process = Process.Start(kubectl.StartOf("proxy", "--port=0"))!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_limit);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(limit.Token) ?? "";
            return Served.Match(line) is { Success: true } match
                ? new(process, new($"http://{match.Groups["address"].Value}/"))
                : throw new InvalidOperationException($"kubectl proxy did not say where it listens: {line}");
        }
        catch
        {
            await EndAsync(process);
            throw;
        }
    }

    /// <summary>The address of a Service's port.</summary>
    public Uri Of(string @namespace, string service, string port) =>
        new(_address, $"api/v1/namespaces/{@namespace}/services/{service}:{port}/proxy/");

    public async ValueTask DisposeAsync() => await EndAsync(_process);

    private static async Task EndAsync(Process process)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }

    [GeneratedRegex("Starting to serve on (?<address>.+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Served { get; }
}
