using System.Net;
using System.Net.Sockets;

namespace Cluster.Tests.Engine;

/// <summary>Lets containers reach a server that listens on this machine's loopback only.</summary>
internal sealed class TcpForwarder : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly IPEndPoint _target;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    /// <param name="listen">On the engine's bridge, which nobody but its containers and this machine reaches.</param>
    /// <param name="target">The server.</param>
    public TcpForwarder(IPEndPoint listen, IPEndPoint target)
    {
        _target = target;
        _listener = new(listen);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                open.RemoveAll(t => t.IsCompleted);
                open.Add(ForwardAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                using var server = new TcpClient();
                await server.ConnectAsync(_target, _stop.Token);
                await using NetworkStream near = client.GetStream(), far = server.GetStream();
                await Task.WhenAny(near.CopyToAsync(far, _stop.Token), far.CopyToAsync(near, _stop.Token));
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException)
        {
            // One end is gone, and so is the connection.
        }
    }
}
