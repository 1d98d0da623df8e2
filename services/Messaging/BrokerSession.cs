using Microsoft.Extensions.Logging;
using MsaAspire.ServiceDefaults;
using RabbitMQ.Client;

namespace MsaAspire.Messaging;

/// <summary>
/// Keeps one connection to the broker for as long as the host runs and does its work on it; after a failure it starts over on a
/// new connection. The client's own recovery is off: callers cannot tell what it recovers and what it does not. While the broker is unavailable
/// the service is degraded, not unhealthy: what is committed meanwhile waits in the outbox.
/// </summary>
internal abstract class BrokerSession : BackgroundLoop
{
    private readonly IConnectionFactory _factory;
    private readonly Task _ready;
    private volatile BlockedConnection? _blocking;

    protected BrokerSession(string name, IConnectionFactory factory, Task ready, ILogger logger)
        : base(name, logger)
    {
        (_factory, _ready) = (factory, ready);
        NotRunning("not connected to the broker yet");
    }

    /// <summary>Also while the broker blocks publishers, in which case nothing needs to restart.</summary>
    public override string? Fault => base.Fault ?? Blocked;

    /// <summary>Why the broker blocks it; null when it does not.</summary>
    public string? Blocked => _blocking?.Reason;

    /// <summary>Runs until <paramref name="stopping"/>; throws when the connection is lost.</summary>
    protected abstract Task RunAsync(IConnection connection, BlockedConnection blocking, CancellationToken stopping);

    protected sealed override async Task RunAsync(CancellationToken stopping)
    {
        await _ready.WaitAsync(stopping);
        await using var connection = await _factory.CreateConnectionAsync(Name, stopping);
        await RunAsync(connection, _blocking = new(connection), stopping);
    }
}
