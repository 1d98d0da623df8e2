using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MsaAspire.Messaging;

/// <summary>Listens for relay requests of other replicas, and prunes and measures the module's messaging tables.</summary>
internal sealed class OutboxListener(string schema, Outbox outbox, NpgsqlDataSource database, Task ready, ILogger<OutboxListener> logger)
    : BackgroundService
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromSeconds(5), PruneInterval = TimeSpan.FromHours(1);

    private readonly OutboxGauge _gauge = new(schema);
    private DateTime _pruneAt = DateTime.UtcNow + PruneInterval;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await ready.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning("{Schema} cannot listen to other replicas and retries: {Reason}", schema, e.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        connection.Notification += (_, _) => outbox.Call();
        await using (var listen = new NpgsqlCommand($"LISTEN {schema}_outbox", connection))
            await listen.ExecuteNonQueryAsync(stopping);
        try
        {
            while (true)
            {
                await SampleAsync(stopping);
                for (var until = DateTime.UtcNow + SampleInterval; until - DateTime.UtcNow is var left && left > TimeSpan.Zero;)
                    await connection.WaitAsync(left, stopping);
            }
        }
        finally
        {
            // The session goes back to the pool, and its next user must not listen.
            await using var unlisten = new NpgsqlCommand("UNLISTEN *", connection);
            if (connection.FullState == System.Data.ConnectionState.Open)
                await unlisten.ExecuteNonQueryAsync(CancellationToken.None);
        }
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
        await using (var reader = await sample.ExecuteReaderAsync(cancellation))
        {
            await reader.ReadAsync(cancellation);
            outbox.Depth = reader.GetInt64(0);
            _gauge.Set(outbox.Depth, reader.GetDouble(1), reader.GetInt64(2));
        }

        if (DateTime.UtcNow < _pruneAt)
            return;
        _pruneAt = DateTime.UtcNow + PruneInterval;
        // A broker redelivers within minutes, a replay of the dead-letter queue within days.
        await using var prune = database.CreateCommand($"DELETE FROM {schema}.inbox WHERE received_at < now() - interval '14 days'");
        await prune.ExecuteNonQueryAsync(cancellation);
    }
}
