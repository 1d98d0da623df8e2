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
    private static readonly TimeSpan s_shortestLimit = TimeSpan.FromMilliseconds(500), s_longestLimit = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private TimeSpan _limit = s_shortestLimit;
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
            _limit = s_shortestLimit;
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is BrokerUnreachableException or RabbitMQClientException or IOException or TimeoutException)
        {
            _limit = _limit * 1.1 < s_longestLimit ? _limit * 1.1 : s_longestLimit;
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
            RequestedConnectionTimeout = s_longestLimit,
            ContinuationTimeout = s_longestLimit,
        };

        // DCP's proxy takes the connection before the broker listens, and tries ever more seldom to pass it on. A new one is passed on at once,
        // but the client takes 5 s to give up an old one, so that is not waited for.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_limit);
        var attempt = factory.CreateConnectionAsync($"{resourceName} health check", limit.Token);
        try
        {
            _connection = await attempt.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            _ = attempt.ContinueWith(static late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw new TimeoutException($"The broker did not answer within {_limit.TotalSeconds:0.0} s.", e);
        }

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
