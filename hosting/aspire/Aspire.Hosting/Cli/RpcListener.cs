using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using StreamJsonRpc;

namespace Aspire.Hosting.Cli;

/// <summary>
/// Serves JSON-RPC 2.0 on a Unix socket that only its owner can open, to any number of clients, each with a target of its own.
/// </summary>
internal sealed class RpcListener : IAsyncDisposable
{
    /// <summary>More clients than that wait until one of them leaves.</summary>
    private const int MostClients = 64;

    private const int Backlog = 10;

    private static readonly TimeSpan s_farewell = TimeSpan.FromSeconds(1), s_retry = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly ConcurrentDictionary<JsonRpc, bool> _sessions = new();
    private readonly SemaphoreSlim _places = new(MostClients);
    private readonly CancellationTokenSource _ending = new();
    private readonly string _path;
    private readonly Func<CancellationToken, object> _target;
    private readonly ILogger _logger;
    private readonly Task _accepting;

    private RpcListener(string path, Func<CancellationToken, object> target, ILogger logger)
    {
        (_path, _target, _logger) = (path, target, logger);
        _socket.Bind(new UnixDomainSocketEndPoint(path));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _socket.Listen(Backlog);
        _accepting = AcceptAsync();
    }

    /// <summary>Begins to listen.</summary>
    /// <param name="path">The socket; what lies there from before is deleted.</param>
    /// <param name="target">Makes what the methods of a client are called on; its token is cancelled when that client is gone.</param>
    /// <param name="logger">Hears of clients that fail.</param>
    /// <exception cref="SocketException">The socket cannot be made.</exception>
    public static RpcListener Start(string path, Func<CancellationToken, object> target, ILogger logger)
    {
        File.Delete(path);
        return new(path, target, logger);
    }

    /// <summary>Ends: what is under way is told so, and the socket is deleted.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        _socket.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var session in _sessions.Keys)
            session.Dispose();
        await Task.WhenAll(_sessions.Keys.Select(s => s.Completion)).WaitAsync(s_farewell).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        File.Delete(_path);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            await _places.WaitAsync(_ending.Token).ConfigureAwait(false);
            try
            {
                _ = ServeAsync(await _socket.AcceptAsync(_ending.Token).ConfigureAwait(false));
            }
            catch (SocketException e) when (!_ending.IsCancellationRequested)
            {
                // The next may succeed: the client has gone meanwhile, or the process has no descriptor left just now.
                _places.Release();
                _logger.LogWarning("A client of {Socket} could not be let in: {Reason}", _path, e.Message);
                await Task.Delay(s_retry, _ending.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        try
        {
            await using var stream = new NetworkStream(client, ownsSocket: true);
            using var formatter = new SystemTextJsonFormatter
            {
                JsonSerializerOptions = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true },
            };
            await using var messages = new HeaderDelimitedMessageHandler(stream, formatter);
            using var session = new JsonRpc(messages) { CancelLocallyInvokedMethodsWhenConnectionIsClosed = true };
            session.AddLocalRpcTarget(_target(gone.Token));
            _sessions[session] = true;
            try
            {
                session.StartListening();
                await session.Completion.ConfigureAwait(false);
            }
            finally
            {
                _sessions.TryRemove(session, out _);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException or RemoteRpcException or ConnectionLostException)
        {
            // It went away in the middle of something.
            _logger.LogDebug(e, "A client of {Socket} has gone.", _path);
        }
        catch (Exception e)
        {
            _logger.LogWarning(e, "A client of {Socket} said what cannot be understood.", _path);
        }
        finally
        {
            await gone.CancelAsync().ConfigureAwait(false);
            _places.Release();
        }
    }
}
