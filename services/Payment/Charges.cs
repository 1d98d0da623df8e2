using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Npgsql;
using NpgsqlTypes;

namespace MsaAspire.Payment;

/// <summary>A charge that the provider has not decided yet.</summary>
internal sealed record PendingCharge(ChargeRequest Request, string? TraceParent);

/// <summary>The result of a call to the provider: <paramref name="Reason"/> is null when it charged.</summary>
internal sealed record ChargeResult(PendingCharge Charge, string? Reason);

/// <summary>The charges of the shop, one per order. A pending one belongs to the process that took it until its lease expires.</summary>
internal sealed class Charges(
    [FromKeyedServices(PaymentModule.Database)] NpgsqlDataSource database, [FromKeyedServices(PaymentModule.Name)] Outbox outbox)
{
    /// <summary>Longer than the provider may take; after that the process that had the charge is dead.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);

    private const string Add = """
        WITH fresh AS (
            INSERT INTO payment.inbox (message_id) SELECT unnest($1) ON CONFLICT DO NOTHING RETURNING message_id
        ), added AS (
            INSERT INTO payment.charges (order_id, token, amount, currency, traceparent, status, due_at)
            SELECT e.order_id, e.token, e.amount, e.currency, e.traceparent, 'Pending', now() + $7
            FROM unnest($1, $2, $3, $4, $5, $6) AS e(message_id, order_id, token, amount, currency, traceparent) JOIN fresh USING (message_id)
            ON CONFLICT (order_id) DO NOTHING
            RETURNING order_id
        )
        SELECT (SELECT count(*) FROM fresh), (SELECT coalesce(array_agg(order_id), '{}') FROM added)
        """;

    private const string Cancel = """
        WITH fresh AS (
            INSERT INTO payment.inbox (message_id) SELECT unnest($1) ON CONFLICT DO NOTHING RETURNING message_id
        ), orders AS (
            SELECT DISTINCT e.order_id FROM unnest($1, $2) AS e(message_id, order_id) JOIN fresh USING (message_id)
        ), changed AS (
            INSERT INTO payment.charges AS c (order_id, status) SELECT order_id, 'Void' FROM orders ORDER BY order_id
            ON CONFLICT (order_id) DO UPDATE SET status = CASE c.status WHEN 'Charged' THEN 'Refunded' ELSE 'Void' END
            WHERE c.status IN ('Charged', 'Pending')
        )
        SELECT count(*) FROM fresh
        """;

    private const string TakeDue = """
        UPDATE payment.charges SET due_at = now() + $1 WHERE order_id IN (
            SELECT order_id FROM payment.charges WHERE status = 'Pending' AND due_at <= now() ORDER BY due_at LIMIT 64 FOR UPDATE SKIP LOCKED)
        RETURNING order_id, token, amount, currency, attempts, traceparent
        """;

    // A charge that was cancelled while the provider processed it is refunded here.
    private const string Decide = """
        UPDATE payment.charges c
        SET status = CASE WHEN c.status = 'Void' AND d.status = 'Charged' THEN 'Refunded' WHEN c.status = 'Void' THEN 'Void' ELSE d.status END,
            reason = d.reason, attempts = d.attempt
        FROM unnest($1, $2, $3, $4) AS d(order_id, status, reason, attempt)
        WHERE c.order_id = d.order_id AND c.status IN ('Pending', 'Void')
        RETURNING c.order_id, c.status
        """;

    /// <summary>Adds the charges of reserved orders; the caller runs those that are returned.</summary>
    public async Task<(int Fresh, IReadOnlyList<PendingCharge> Pending)> AddAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellation)
    {
        var orders = events.Select(e => (StockReserved)e.Data).ToList();
        await using var command = database.CreateCommand(Add);
        command.Parameters.Add(new() { Value = events.Select(e => e.Id).ToArray() });
        command.Parameters.Add(new() { Value = orders.ConvertAll(o => o.OrderId) });
        command.Parameters.Add(new() { Value = orders.ConvertAll(o => o.Payment.Token) });
        command.Parameters.Add(new() { Value = orders.ConvertAll(o => o.Payment.Amount) });
        command.Parameters.Add(new() { Value = orders.ConvertAll(o => o.Payment.Currency) });
        command.Parameters.Add(new() { Value = events.Select(e => e.TraceParent).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = Lease });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        var added = reader.GetFieldValue<Guid[]>(1).ToHashSet();
        return ((int)reader.GetInt64(0), [.. events.Zip(orders).Where(e => added.Remove(e.Second.OrderId)).Select(e => new PendingCharge(
            new(e.Second.OrderId, e.Second.Payment.Token, e.Second.Payment.Amount, e.Second.Payment.Currency, Attempt: 1), e.First.TraceParent))]);
    }

    /// <summary>Refunds the charges of cancelled orders, and ensures that nothing more is charged for them.</summary>
    public async Task<int> CancelAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Cancel);
        command.Parameters.Add(new() { Value = events.Select(e => e.Id).ToArray() });
        command.Parameters.Add(new() { Value = events.Select(e => ((OrderChanged)e.Data).OrderId).ToArray() });
        return (int)(long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>Takes charges that are due: to be retried, or left behind by a process that died.</summary>
    public async Task<IReadOnlyList<PendingCharge>> TakeDueAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(TakeDue);
        command.Parameters.Add(new() { Value = Lease });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var due = new List<PendingCharge>();
        while (await reader.ReadAsync(cancellation))
        {
            due.Add(new(
                new(reader.GetGuid(0), reader.GetString(1), reader.GetDecimal(2), reader.GetString(3), reader.GetInt32(4) + 1),
                reader.IsDBNull(5) ? null : reader.GetString(5)));
        }

        return due;
    }

    /// <summary>Schedules a retry of a charge after <paramref name="delay"/>.</summary>
    public async Task PostponeAsync(PendingCharge charge, TimeSpan delay, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "UPDATE payment.charges SET attempts = $2, due_at = now() + $3 WHERE order_id = $1 AND status = 'Pending'");
        command.Parameters.Add(new() { Value = charge.Request.OrderId });
        command.Parameters.Add(new() { Value = charge.Request.Attempt });
        command.Parameters.Add(new() { Value = delay });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Commits the provider's answers and the resulting events.</summary>
    public async Task DecideAsync(IReadOnlyList<ChargeResult> results, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var decided = await DecideAsync(connection, results, cancellation);
        var messages = results.Where(r => decided.Remove(r.Charge.Request.OrderId)).Select(Outcome).ToList();
        await using var batch = new NpgsqlBatch(connection);
        if (messages.Count > 0)
            batch.BatchCommands.Add(OutboxMessage.Insert(PaymentModule.Name, messages));
        batch.BatchCommands.Add(new("COMMIT"));
        await batch.ExecuteNonQueryAsync(cancellation);
        outbox.Committed(messages);
    }

    private static async Task<HashSet<Guid>> DecideAsync(NpgsqlConnection connection, IReadOnlyList<ChargeResult> results, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Decide, connection);
        command.Parameters.Add(new() { Value = results.Select(r => r.Charge.Request.OrderId).ToArray() });
        command.Parameters.Add(new() { Value = results.Select(r => r.Reason is null ? "Charged" : "Declined").ToArray() });
        command.Parameters.Add(new() { Value = results.Select(r => r.Reason).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = results.Select(r => r.Charge.Request.Attempt).ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var decided = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.GetString(1) is "Charged" or "Declined")
                decided.Add(reader.GetGuid(0));
        }

        return decided;
    }

    private static OutboxMessage Outcome(ChargeResult result) => result is { Reason: { } reason, Charge: var failed }
        ? OutboxMessage.Create(PaymentModule.Name, ShopEvents.PaymentFailed, new PaymentFailed(failed.Request.OrderId, reason), failed.TraceParent)
        : OutboxMessage.Create(PaymentModule.Name, ShopEvents.PaymentSucceeded,
            new PaymentSucceeded(result.Charge.Request.OrderId, result.Charge.Request.Amount, result.Charge.Request.Currency), result.Charge.TraceParent);
}
