using System.Diagnostics;
using System.Net.Sockets;
using Polly;
using Polly.Retry;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Aspire.RabbitMQ.Client;

/// <summary>Opens a connection, again with exponential delay while the broker does not answer.</summary>
internal static class Connector
{
    public const string ActivitySourceName = "Aspire.RabbitMQ.Client";

    private static readonly ActivitySource Source = new(ActivitySourceName);

    public static IConnection Connect(IConnectionFactory factory, int retries)
    {
        var pipeline = new ResiliencePipelineBuilder();
        if (retries > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<SocketException>().Handle<BrokerUnreachableException>(),
                BackoffType = DelayBackoffType.Exponential,
                MaxRetryAttempts = retries,
                Delay = TimeSpan.FromSeconds(1),
            });
        }

        using var activity = Start("rabbitmq connect", factory);
        // A singleton factory of the container cannot await; the official package blocks here as well.
        return pipeline.Build().ExecuteAsync(async cancellation => await AttemptAsync(factory, cancellation)).AsTask().GetAwaiter().GetResult();
    }

    private static async Task<IConnection> AttemptAsync(IConnectionFactory factory, CancellationToken cancellation)
    {
        using var activity = Start("rabbitmq connect attempt", factory);
        try
        {
            return await factory.CreateConnectionAsync(cancellation);
        }
        catch (Exception e)
        {
            activity?.AddException(e).SetStatus(ActivityStatusCode.Error, e.Message);
            throw;
        }
    }

    private static Activity? Start(string name, IConnectionFactory factory) =>
        Source.StartActivity(name, ActivityKind.Client)?
            .AddTag("messaging.system", "rabbitmq")
            .AddTag("server.address", factory.Uri.Host)
            .AddTag("server.port", factory.Uri.Port);
}
