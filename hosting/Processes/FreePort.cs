using System.Net.NetworkInformation;

namespace MsaAspire.Hosting.Processes;

/// <summary>
/// Ports for servers that are connected to directly. DCP chooses a port only where its proxy stands in between, and what that copies for a
/// database and a broker took a tenth of all processor time under load. Nor does a client of a dead server then wait for one that comes again.
/// </summary>
internal static class FreePort
{
    // Below the range that systems hand out for outgoing connections, so that nobody takes one before the server does.
    private const int First = 20_000, Count = 12_000;

    /// <summary>Room for the ports of one AppHost, so that AppHosts that start at the same moment do not choose the same.</summary>
    private const int Each = 16;

    private static int s_chosen;

    /// <summary>A port that nobody listens on, another one each time.</summary>
    public static int Next()
    {
        var used = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        return Enumerable.Repeat(0, Count)
            .Select(_ => First + (int)(((long)Environment.ProcessId * Each + Interlocked.Increment(ref s_chosen)) % Count))
            .First(port => !used.Contains(port));
    }
}
