using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dcp;

/// <summary>The unix socket on which every DCP process reports; their lines become log entries of this AppHost at debug level.</summary>
internal sealed class DcpLogSocket : IDisposable
{
    /// <summary>The shortest limit of the supported systems for the path of a unix socket.</summary>
    private const int MaxPathLength = 103;

    private readonly Socket _socket;
    private readonly ILoggerFactory _loggerFactory;
    private int _connections;

    private DcpLogSocket(Socket socket, ILoggerFactory loggerFactory)
    {
        _socket = socket;
        _loggerFactory = loggerFactory;
    }

    /// <summary>Returns null when the path is too long for a socket, in which case DCP's own log is done without.</summary>
    public static DcpLogSocket? Listen(string path, ILoggerFactory loggerFactory)
    {
        if (path.Length > MaxPathLength)
            return null;

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen(backlog: 16);
        var listener = new DcpLogSocket(socket, loggerFactory);
        _ = listener.AcceptAsync();
        return listener;
    }

    /// <summary>Every process of DCP holds one while it lives, so at zero all of them are gone.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public void Dispose() => _socket.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ReadAsync(await _socket.AcceptAsync().ConfigureAwait(false));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed: the session is over.
        }
    }

    private async Task ReadAsync(Socket connection)
    {
        using var stream = new NetworkStream(connection, ownsSocket: true);
        using var reader = new StreamReader(stream);
        Interlocked.Increment(ref _connections);
        try
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
                Log(line);
        }
        catch (IOException)
        {
            // That DCP process is gone.
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    /// <summary>A line is: time, level, category, message, JSON; separated by tabs.</summary>
    private void Log(string line)
    {
        var fields = line.Split('\t', 5);
        if (fields.Length < 4)
            return;
        // DCP retries what it calls errors; what matters to the user is a resource's state and log. So: all at debug, its errors marked.
        var logger = _loggerFactory.CreateLogger($"Aspire.Hosting.Dcp.{fields[2]}");
        if (logger.IsEnabled(LogLevel.Debug))
            logger.LogDebug("[{Level}] {Message} {Details}", fields[1], fields[3], fields.Length > 4 ? fields[4] : "");
    }
}
