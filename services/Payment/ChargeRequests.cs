using MsaAspire.Contracts;
using MsaAspire.Messaging;
using NpgsqlTypes;

namespace MsaAspire.Payment;

/// <summary>Records the charges that are asked for, and starts them after the commit: no message waits for the provider.</summary>
internal sealed class RequestCharges(ProviderCalls calls) : IBatchHandler
{
    private const string Insert = """
        INSERT INTO payment.charges (order_id, token, amount, currency, traceparent, status, due_at)
        SELECT r.order_id, r.token, r.amount, r.currency, r.traceparent, 'Pending', now() + $6
        FROM unnest($1, $2, $3, $4, $5) AS r(order_id, token, amount, currency, traceparent)
        ON CONFLICT (order_id) DO NOTHING
        RETURNING order_id
        """;

    public async Task HandleAsync(IReadOnlyList<ReceivedEvent> events, UnitOfWork work, CancellationToken cancellation)
    {
        var requested = events.Select(e => (e.TraceParent, Request: Checked((PaymentRequested)e.Data))).DistinctBy(r => r.Request.OrderId).ToList();
        await using var command = new Npgsql.NpgsqlCommand(Insert, work.Connection)
        {
            Parameters =
            {
                new() { Value = requested.ConvertAll(r => r.Request.OrderId) },
                new() { Value = requested.ConvertAll(r => r.Request.Token) },
                new() { Value = requested.ConvertAll(r => r.Request.Amount) },
                new() { Value = requested.ConvertAll(r => r.Request.Currency) },
                new() { Value = requested.Select(r => r.TraceParent).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new() { Value = DueCharges.Lease },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var added = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellation))
            added.Add(reader.GetGuid(0));
        // The others are known already: charged, or cancelled before they were asked for.
        work.AfterCommit(() => calls.Start([.. requested.Where(r => added.Contains(r.Request.OrderId)).Select(r =>
            new DueCharge(r.Request.OrderId, ChargeStatus.Pending, r.Request.Token, r.Request.Amount, r.Request.Currency, Attempt: 1, r.TraceParent))]));
    }

    /// <summary>An event is checked like a request: it comes from outside this service.</summary>
    private static PaymentRequested Checked(PaymentRequested request) =>
        request is { Amount: > 0 and < 1e12m, Token.Length: > 0 and <= 100, Currency: [>= 'A' and <= 'Z', >= 'A' and <= 'Z', >= 'A' and <= 'Z'] }
            ? request
            : throw new NonRetryableException($"order {request.OrderId} violates its contract: an amount above 0, a currency and a token are needed");
}

/// <summary>Refunds the charges of cancelled orders, and ensures that nothing more is charged for them.</summary>
internal sealed class CancelCharges(ProviderCalls calls) : IBatchHandler
{
    // An order that is unknown was never charged. Of any other only the provider knows: a charge may be on its way.
    private const string Cancel = """
        INSERT INTO payment.charges AS c (order_id, status) SELECT DISTINCT order_id, 'Void' FROM unnest($1) AS order_id ORDER BY order_id
        ON CONFLICT (order_id) DO UPDATE SET status = CASE c.status WHEN 'Charged' THEN 'Refunding' ELSE 'Voiding' END, due_at = now(), attempts = 0
        WHERE c.status IN ('Charged', 'Pending')
        """;

    public Task HandleAsync(IReadOnlyList<ReceivedEvent> events, UnitOfWork work, CancellationToken cancellation)
    {
        work.Add(Cancel, events.Select(e => ((OrderChanged)e.Data).OrderId).ToArray());
        work.AfterCommit(calls.Wake);
        return Task.CompletedTask;
    }
}
