using Npgsql;
using NpgsqlTypes;

namespace MsaAspire.Messaging.InProcess;

/// <summary>A module's dead letters in its own database: without a broker between modules, none is needed for dead letters either.</summary>
internal sealed class DeadLetterTable(string schema, NpgsqlDataSource database) : IDeadLetters, IDeadLetterQueue
{
    // A message that fails again after a replay is one dead letter with the later reason.
    private readonly string _add = $"""
        INSERT INTO {schema}.dead_letters (message_id, type, body, traceparent, reason) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (message_id) DO UPDATE SET reason = excluded.reason, died_at = now()
        """;

    // A row with retries is for this module alone (OutboxRow).
    private readonly string _replay = $"""
        WITH gone AS (DELETE FROM {schema}.dead_letters RETURNING message_id, type, body, traceparent), back AS (
            INSERT INTO {schema}.outbox (message_id, type, body, traceparent, retries, due_at)
            SELECT message_id, type, body, traceparent, 1, now() FROM gone
        )
        SELECT count(*) FROM gone
        """;

    public async Task AddAsync(Delivery delivery, string reason, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(_add);
        command.Parameters.Add(new() { Value = Guid.Parse(delivery.Properties.MessageId!) });
        command.Parameters.Add(new() { Value = delivery.Type });
        command.Parameters.Add(new() { Value = delivery.Body });
        command.Parameters.Add(new() { Value = (object?)delivery.TraceParent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = reason });
        await command.ExecuteNonQueryAsync(cancellation);
        Telemetry.DeadLettered.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", schema));
    }

    public async Task<DeadLetterReport> LookAsync(int atMost, CancellationToken cancellation)
    {
        var (first, count) = (new List<DeadLetter>(), 0u);
        // One statement, so that the count and the messages are consistent.
        await using var command = database.CreateCommand(
            $"SELECT message_id, type, died_at, reason, count(*) OVER () FROM {schema}.dead_letters ORDER BY died_at LIMIT $1");
        command.Parameters.Add(new() { Value = atMost });
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                first.Add(new(reader.GetGuid(0).ToString(), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2).ToString("O"), reader.GetString(3)));
                count = (uint)reader.GetInt64(4);
            }
        }

        return new($"{schema}.dead_letters", count, first);
    }

    public async Task<ReplayReport> ReplayAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(_replay);
        var replayed = (uint)(long)(await command.ExecuteScalarAsync(cancellation))!;
        return new(replayed, await CountAsync(cancellation));
    }

    private async Task<uint> CountAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"SELECT count(*) FROM {schema}.dead_letters");
        return (uint)(long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
