using Microsoft.Extensions.Diagnostics.HealthChecks;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Aspire.Hosting.RabbitMQ;

/// <summary>The broker's connection string, which is known only when its endpoint is, and changes when that does.</summary>
internal sealed class BrokerAddress
{
    public string? Value { get; set; }
}

/// <summary>Keeps one connection to the broker and opens the next when that is lost.</summary>
internal sealed class ConnectionHealthCheck(string resourceName, BrokerAddress address) : IHealthCheck, IAsyncDisposable, IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IConnection? _connection;
    private string? _connectedTo;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (address.Value is not { } current)
            return HealthCheckResult.Unhealthy($"The connection string of '{resourceName}' is not known yet.");

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_connection is not { IsOpen: true } || _connectedTo != current)
                await ConnectAsync(current, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is BrokerUnreachableException or RabbitMQClientException or IOException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy(e.GetBaseException().Message, e);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task ConnectAsync(string current, CancellationToken cancellationToken)
    {
        await CloseAsync();
        var factory = new ConnectionFactory
        {
            Uri = new Uri(current),
            // A lost connection is news here: the next check opens another one.
            AutomaticRecoveryEnabled = false,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(5),
            ContinuationTimeout = TimeSpan.FromSeconds(5),
        };
        _connection = await factory.CreateConnectionAsync($"{resourceName} health check", cancellationToken);
        _connectedTo = current;
    }

    private async Task CloseAsync()
    {
        if (_connection is not { } old)
            return;
        _connection = null;
        await old.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _gate.Dispose();
    }

    public void Dispose()
    {
        _connection?.Dispose();
        _gate.Dispose();
    }
}
