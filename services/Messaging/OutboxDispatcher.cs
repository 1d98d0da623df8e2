using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace MsaAspire.Messaging;

/// <summary>
/// Moves committed events out of a module's outbox. Events that this process has committed are handed over and published at once; a row belongs to
/// its writer for two seconds. A sweep finds rows that are older, because their writer died or lost the broker: it claims a batch with SKIP
/// LOCKED, publishes it and deletes what was confirmed. Claimed rows stay locked meanwhile and are released when the process dies, so any number
/// of replicas relay side by side and none is lost. Nothing wakes the sweeps of other replicas: each sweeps every second.
/// </summary>
internal sealed class OutboxDispatcher(string schema, Outbox outbox, NpgsqlDataSource database, ILogger logger)
{
    private const int BatchSize = 256;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    /// <summary>Together with the second that an event may wait before (<see cref="Outbox"/>) well below the two for which a row belongs to its writer.</summary>
    private static readonly TimeSpan SlowPublish = TimeSpan.FromMilliseconds(500);

    private readonly string _claim = $"""
        SELECT id, message_id, type, body, traceparent, retries FROM {schema}.outbox
        WHERE due_at <= now() ORDER BY id LIMIT {BatchSize} FOR UPDATE SKIP LOCKED
        """;

    private readonly string _delete = $"DELETE FROM {schema}.outbox WHERE id = ANY($1)";

    // Twice as long each time, from 0.1 s to about a minute.
    private readonly string _postpone = $"""
        UPDATE {schema}.outbox SET attempts = attempts + 1, due_at = now() + interval '0.1 s' * 2 ^ least(attempts, 9)
        WHERE id = ANY($1)
        """;

    /// <summary>Moves events until <paramref name="stopping"/>; throws when the publisher or the database is lost.</summary>
    public async Task RunAsync(IPublisher publisher, Action atWork, CancellationToken stopping)
    {
        await using var session = await database.OpenConnectionAsync(stopping);
        var published = new PublishedRows(schema, database, logger);
        var deleting = published.DeleteAsync();
        var pacer = new BatchPacer(TimeProvider.System);
        try
        {
            atWork();
            for (var swept = default(long?); !stopping.IsCancellationRequested;)
            {
                // A batch that must wait would keep its transaction open for as long.
                await publisher.ReadyAsync(stopping);
                if (outbox.Count is > 0 and < BatchSize)
                    await pacer.WaitAsync(stopping);
                var handedOver = outbox.Take(BatchSize);
                if (handedOver.Count > 0)
                {
                    pacer.Begin(handedOver.Count);
                    await PublishAsync(handedOver, publisher, published, stopping);
                }

                if (SweepIn(swept) <= TimeSpan.Zero)
                {
                    var more = await SweepAsync(session, publisher, stopping) == BatchSize;
                    swept = more ? null : Stopwatch.GetTimestamp();
                }

                if (handedOver.Count == 0 && SweepIn(swept) is var left && left > TimeSpan.Zero)
                    await outbox.WaitAsync(left, stopping);
                if (deleting.IsCompleted)
                    await deleting;
            }
        }
        finally
        {
            published.Complete();
            await deleting;
        }
    }

    private static TimeSpan SweepIn(long? swept) => swept is { } at ? SweepInterval - Stopwatch.GetElapsedTime(at) : TimeSpan.Zero;

    private async Task PublishAsync(List<OutboxRow> rows, IPublisher publisher, PublishedRows published, CancellationToken stopping)
    {
        logger.Claimed(schema, rows.Count);
        var started = Stopwatch.GetTimestamp();
        var refusals = await publisher.PublishAsync(rows, stopping);
        logger.Confirmed(schema, rows.Count);
        var confirmed = rows.Where((_, i) => refusals[i] is null);
        // If the broker blocked, they may no longer belong to their writer, and the next sweep would publish them again.
        if (Stopwatch.GetElapsedTime(started) < SlowPublish)
            await published.AddAsync(confirmed, CancellationToken.None);
        else
            await published.DeleteNowAsync(confirmed.Select(r => r.Row));
        if (Postpone(rows, refusals) is not { } postpone)
            return;
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(postpone);
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>
    /// Cancelled at shutdown only if the broker blocks: a batch in progress takes milliseconds, and cancelling it would publish it twice.
    /// </summary>
    private async Task<int> SweepAsync(NpgsqlConnection session, IPublisher publisher, CancellationToken stopping)
    {
        await using var transaction = await session.BeginTransactionAsync(CancellationToken.None);
        var rows = await ClaimAsync(session);
        if (rows.Count == 0)
            return 0;
        logger.Claimed(schema, rows.Count);
        var refusals = await publisher.PublishAsync(rows, stopping);
        logger.Confirmed(schema, rows.Count);
        // The commit travels with the statements: one round trip instead of two.
        await using var batch = new NpgsqlBatch(session) { BatchCommands = { ById(_delete, rows.Where((_, i) => refusals[i] is null)) } };
        if (Postpone(rows, refusals) is { } postpone)
            batch.BatchCommands.Add(postpone);
        batch.BatchCommands.Add(new NpgsqlBatchCommand("COMMIT"));
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        logger.Relayed(schema, rows.Count);
        return rows.Count;
    }

    /// <returns>Null when the broker has confirmed all of <paramref name="rows"/>.</returns>
    private NpgsqlBatchCommand? Postpone(List<OutboxRow> rows, string?[] refusals)
    {
        var refused = rows.Where((_, i) => refusals[i] is not null).ToList();
        if (refused.Count == 0)
            return null;
        logger.LogWarning("{Count} events of {Schema} were not published, the first is {Type}: {Reason}",
            refused.Count, schema, refused[0].Type, refusals.First(r => r is not null));
        return ById(_postpone, refused);
    }

    private async Task<List<OutboxRow>> ClaimAsync(NpgsqlConnection session)
    {
        await using var command = new NpgsqlCommand(_claim, session);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<OutboxRow>();
        while (await reader.ReadAsync())
        {
            rows.Add(new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetFieldValue<byte[]>(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetInt32(5), IsSwept: true));
        }

        return rows;
    }

    private static NpgsqlBatchCommand ById(string sql, IEnumerable<OutboxRow> rows) =>
        new(sql) { Parameters = { new() { Value = rows.Select(r => r.Row).ToArray() } } };
}
