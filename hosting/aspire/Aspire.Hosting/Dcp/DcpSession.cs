using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// One run of DCP: its process, and the session folder that holds its kubeconfig, certificate, log socket and the output of executables.
/// DCP watches this process and, when it is gone for whatever reason, stops everything it started and removes the folder.
/// </summary>
internal sealed class DcpSession : IAsyncDisposable
{
    private static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(60);

    private readonly DcpLogSocket? _logSocket;
    private readonly ILogger _logger;

    private DcpSession(string folder, DcpClient client, DcpLogSocket? logSocket, ILogger logger)
    {
        Folder = folder;
        Client = client;
        _logSocket = logSocket;
        _logger = logger;
    }

    public string Folder { get; }

    public DcpClient Client { get; }

    /// <summary>Starts DCP and returns when its API server has an address.</summary>
    /// <param name="dcpPath">The binary.</param>
    /// <param name="containerRuntime"><c>docker</c> or <c>podman</c>; the one that runs when null.</param>
    /// <param name="loggerFactory">Takes what DCP logs.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="DistributedApplicationException">The binary is missing, cannot be run or does not come up.</exception>
    public static async Task<DcpSession> StartAsync(string dcpPath, string? containerRuntime, ILoggerFactory loggerFactory, CancellationToken cancellationToken)
    {
        var logger = loggerFactory.CreateLogger("Aspire.Hosting.Dcp");
        var folder = SessionFolder.Create();
        DcpLogSocket? logSocket = null;
        try
        {
            logSocket = DcpLogSocket.Listen(Path.Combine(folder, "log.sock"), loggerFactory);
            using var certificate = ServerCertificate.Create(folder);
            var kubeconfig = Path.Combine(folder, "kubeconfig");
            await LaunchAsync(dcpPath, containerRuntime, folder, kubeconfig, certificate, logSocket is not null, cancellationToken).ConfigureAwait(false);
            var connection = await KubeConfig.WaitForAsync(kubeconfig, dcpPath, s_startTimeout, cancellationToken).ConfigureAwait(false);
            logger.LogDebug("DCP listens on {Server}; session folder {Folder}.", connection.Server, folder);
            return new DcpSession(folder, new DcpClient(connection), logSocket, logger);
        }
        catch
        {
            logSocket?.Dispose();
            SessionFolder.Delete(folder);
            throw;
        }
    }

    /// <summary>Stops everything DCP runs, then DCP itself; waits for it no longer than <paramref name="timeout"/>.</summary>
    public async Task StopAsync(TimeSpan timeout)
    {
        using var deadline = new CancellationTokenSource(timeout);
        try
        {
            using var controllers = await FindControllersAsync(deadline.Token).ConfigureAwait(false);
            await Client.StopServerAsync(deadline.Token).ConfigureAwait(false);
            // The processes are not our children, so the signs of their end are the folder, which the API server removes when everything it ran is
            // gone, and the log connections.
            while (Directory.Exists(Folder))
                await Task.Delay(20, deadline.Token).ConfigureAwait(false);
            // With nothing left to control they would look for the API server for another three seconds.
            controllers?.Kill();
            while (_logSocket?.Connections > 0)
                await Task.Delay(20, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _logger.LogWarning("DCP did not end within {Timeout}. It goes on stopping what it runs, and ends when this process is gone.", timeout);
        }
        catch (Exception e) when (e is HttpRequestException or DistributedApplicationException or InvalidOperationException)
        {
            _logger.LogDebug(e, "DCP's API server could not be asked to stop; it does so itself when this process is gone.");
        }
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        _logSocket?.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Process?> FindControllersAsync(CancellationToken cancellationToken)
    {
        var services = await Client.ListServicesAsync(cancellationToken).ConfigureAwait(false);
        if (services.FirstOrDefault(s => s.Status?.ProxyProcessPid > 0) is not { } service)
            return null;

        try
        {
            var process = Process.GetProcessById(service.Status!.ProxyProcessPid!.Value);
            return process.ProcessName.StartsWith("dcp", StringComparison.OrdinalIgnoreCase) ? process : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static async Task LaunchAsync(
        string dcpPath, string? containerRuntime, string folder, string kubeconfig, ServerCertificate certificate, bool logSocket, CancellationToken cancellationToken)
    {
        if (!File.Exists(dcpPath))
            throw CannotRun(dcpPath, "the file does not exist");

        var start = new ProcessStartInfo(dcpPath) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        string[] arguments =
        [
            "start-apiserver", "--monitor", Environment.ProcessId.ToString(), "--detach", "--kubeconfig", kubeconfig,
            "--tls-cert-file", certificate.CertificatePath, "--tls-key-file", certificate.KeyPath, "--tls-cert-thumbprint", certificate.Thumbprint,
            .. containerRuntime is { Length: > 0 } ? ["--container-runtime", containerRuntime] : Array.Empty<string>(),
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);

        ExecutableEnvironment.Prepare(start.Environment);
        start.Environment["DCP_SESSION_FOLDER"] = folder;
        if (logSocket)
            start.Environment["DCP_LOG_SOCKET"] = Path.Combine(folder, "log.sock");

        using var launcher = Start(dcpPath, start);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(s_startTimeout);
        // The launcher's output is not read to its end: the server it leaves behind inherits the pipes.
        launcher.BeginOutputReadLine();
        var errors = new List<string>();
        launcher.ErrorDataReceived += (_, line) =>
        {
            lock (errors)
            {
                if (line.Data is { Length: > 0 } text)
                    errors.Add(text);
            }
        };
        launcher.BeginErrorReadLine();
        while (!launcher.HasExited)
            await Task.Delay(5, timeout.Token).ConfigureAwait(false);

        if (launcher.ExitCode != 0)
        {
            lock (errors)
                throw CannotRun(dcpPath, $"it exited with code {launcher.ExitCode}. {string.Join(' ', errors)}");
        }
    }

    private static Process Start(string dcpPath, ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw CannotRun(dcpPath, e.Message);
        }
    }

    private static DistributedApplicationException CannotRun(string dcpPath, string reason) => new(
        $"DCP, which starts and supervises all resources, cannot be run from '{dcpPath}': {reason.TrimEnd('.', ' ')}. " +
        "Delete the folder so that it is downloaded again, or set ASPIRE_DCP_PATH to a folder that holds the 'dcp' binary of the Aspire CLI.");
}
