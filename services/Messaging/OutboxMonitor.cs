using Microsoft.Extensions.Logging;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Messaging;

/// <summary>Measures how many events wait in a module's outbox, for metrics and for the limit of the backlog.</summary>
internal sealed class OutboxMonitor(string schema, Outbox outbox, NpgsqlDataSource database, Task ready, ILogger<OutboxMonitor> logger)
    : BackgroundLoop($"{schema} outbox monitor", logger)
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(5);

    private readonly OutboxMetrics _metrics = new(schema);

    protected override async Task RunAsync(CancellationToken stopping)
    {
        await ready.WaitAsync(stopping);
        using var timer = new PeriodicTimer(SampleInterval);
        do
        {
            await SampleAsync(stopping);
            Running();
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task SampleAsync(CancellationToken cancellation)
    {
        await using var sample = database.CreateCommand(
            $"""
            SELECT count(*) FILTER (WHERE retries = 0),
                coalesce(extract(epoch FROM now() - min(created_at) FILTER (WHERE retries = 0)), 0)::float8,
                count(*) FILTER (WHERE retries > 0)
            FROM {schema}.outbox
            """);
        await using var reader = await sample.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        outbox.Depth = reader.GetInt64(0);
        _metrics.Set(outbox.Depth, reader.GetDouble(1), reader.GetInt64(2));
    }
}
