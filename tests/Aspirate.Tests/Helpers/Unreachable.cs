using System.Net;
using System.Net.Sockets;

namespace Aspirate.Tests;

/// <summary>An address where nobody listens.</summary>
internal static class Unreachable
{
    public static string Address { get; } = $"127.0.0.1:{ClosedPort()}";

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
