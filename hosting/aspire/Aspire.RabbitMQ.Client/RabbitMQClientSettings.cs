namespace Aspire.RabbitMQ.Client;

/// <summary>How a service connects to RabbitMQ; bound from <c>Aspire:RabbitMQ:Client</c> and <c>Aspire:RabbitMQ:Client:{name}</c>.</summary>
public sealed class RabbitMQClientSettings
{
    /// <summary>The AMQP URI of the broker. <c>ConnectionStrings:{name}</c> wins over a value from the settings sections.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How often connecting is tried again, with growing delay. 0 turns retries off; the default is 5.</summary>
    public int MaxConnectRetryCount { get; set; } = 5;

    /// <summary>Whether the broker health check is left out. The default is <see langword="false"/>.</summary>
    public bool DisableHealthChecks { get; set; }

    /// <summary>Whether OpenTelemetry tracing is left out. The default is <see langword="false"/>.</summary>
    public bool DisableTracing { get; set; }
}
