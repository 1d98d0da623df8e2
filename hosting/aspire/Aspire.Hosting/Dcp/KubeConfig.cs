using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Aspire.Hosting.Dcp;

/// <summary>Where DCP's API server listens and how to get in.</summary>
internal sealed record DcpConnection(string Server, string Token, X509Certificate2 Authority);

/// <summary>Reads the kubeconfig that DCP writes: one cluster, one user, always the same shape. A YAML library would cost 0.6 s of start-up for it.</summary>
internal static class KubeConfig
{
    public static async Task<DcpConnection> WaitForAsync(string path, string dcpPath, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(timeout);
        try
        {
            while (!File.Exists(path))
                await Task.Delay(10, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DistributedApplicationException(
                $"DCP ('{dcpPath}') was started but its API server did not come up within {timeout.TotalSeconds:0} s. " +
                "Set DCP_DIAGNOSTICS_LOG_FOLDER to a folder and start again to see its own log.", e);
        }
        return Parse(await File.ReadAllTextAsync(path, deadline.Token).ConfigureAwait(false));
    }

    public static DcpConnection Parse(string yaml)
    {
        var authority = Encoding.ASCII.GetString(Convert.FromBase64String(Value(yaml, "certificate-authority-data")));
        return new DcpConnection(Value(yaml, "server"), Value(yaml, "token"), X509Certificate2.CreateFromPem(authority));
    }

    private static string Value(string yaml, string key)
    {
        foreach (var line in yaml.Split('\n'))
        {
            var entry = line.Trim().TrimStart('-').TrimStart();
            if (entry.StartsWith(key + ":", StringComparison.Ordinal))
                return entry[(key.Length + 1)..].Trim().Trim('"', '\'');
        }
        throw new DistributedApplicationException($"DCP's kubeconfig has no '{key}'.");
    }
}
