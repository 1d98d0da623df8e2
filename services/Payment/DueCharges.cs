using Npgsql;

namespace MsaAspire.Payment;

/// <summary>The states of a charge. It is due in the first of each line until the provider has decided.</summary>
internal static class ChargeStatus
{
    public const string Pending = nameof(Pending), Charged = nameof(Charged), Declined = nameof(Declined);
    public const string Voiding = nameof(Voiding), Void = nameof(Void);
    public const string Refunding = nameof(Refunding), Refunded = nameof(Refunded);
}

/// <summary>A charge about which the provider is to be asked.</summary>
/// <param name="OrderId">The order, and the provider's idempotency key.</param>
/// <param name="Status"><c>Pending</c> asks for a charge, <c>Voiding</c> and <c>Refunding</c> for a refund.</param>
/// <param name="Token">Stands for the customer's card.</param>
/// <param name="Amount">In units of <paramref name="Currency"/>.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Attempt">1 the first time.</param>
/// <param name="TraceParent">What caused it.</param>
internal sealed record DueCharge(Guid OrderId, string Status, string? Token, decimal Amount, string? Currency, int Attempt, string? TraceParent);

/// <summary>
/// The charges that are due, of all replicas. One that is taken belongs to its taker until the lease expires; after that the taker is dead, and another
/// one asks the provider again, which answers the same.
/// </summary>
internal sealed class DueCharges([FromKeyedServices(PaymentModule.Database)] NpgsqlDataSource database)
{
    /// <summary>Longer than the provider may take.</summary>
    public static readonly TimeSpan Lease = ProviderClient.Timeout + TimeSpan.FromSeconds(5);

    private const string Take = """
        UPDATE payment.charges SET due_at = now() + $1 WHERE order_id IN (
            SELECT order_id FROM payment.charges WHERE status IN ('Pending', 'Voiding', 'Refunding') AND due_at <= now()
            ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED)
        RETURNING order_id, status, token, amount, currency, attempts, traceparent
        """;

    /// <summary>Takes at most so many, those that have waited longest.</summary>
    public async Task<IReadOnlyList<DueCharge>> TakeAsync(int most, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Take);
        command.Parameters.Add(new() { Value = Lease });
        command.Parameters.Add(new() { Value = most });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var due = new List<DueCharge>();
        while (await reader.ReadAsync(cancellation))
        {
            due.Add(new(
                reader.GetGuid(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.IsDBNull(3) ? 0 : reader.GetDecimal(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetInt32(5) + 1, reader.IsDBNull(6) ? null : reader.GetString(6)));
        }

        return due;
    }

    /// <summary>Gives charges back that cannot be started now. They keep their place: what came later is taken later.</summary>
    public async Task ReleaseAsync(IEnumerable<Guid> orders, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("UPDATE payment.charges SET due_at = created_at WHERE order_id = ANY($1) AND status = 'Pending' AND attempts = 0");
        command.Parameters.Add(new() { Value = orders.ToArray() });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Makes a charge due again after <paramref name="delay"/>, unless its state has changed meanwhile.</summary>
    public async Task PostponeAsync(DueCharge charge, TimeSpan delay, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "UPDATE payment.charges SET attempts = $2, due_at = now() + $3 WHERE order_id = $1 AND status = $4");
        command.Parameters.Add(new() { Value = charge.OrderId });
        command.Parameters.Add(new() { Value = charge.Attempt });
        command.Parameters.Add(new() { Value = delay });
        command.Parameters.Add(new() { Value = charge.Status });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Stops asking for a charge: the provider is asked for a refund instead, since the customer may have been charged. Only when it has
    /// confirmed is the failure published.
    /// </summary>
    public async Task GiveUpAsync(DueCharge charge, string reason, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            UPDATE payment.charges SET status = 'Voiding', reason = $2, reason_code = $3, attempts = 0, due_at = now()
            WHERE order_id = $1 AND status = 'Pending'
            """);
        command.Parameters.Add(new() { Value = charge.OrderId });
        command.Parameters.Add(new() { Value = reason });
        command.Parameters.Add(new() { Value = Contracts.ReasonCodes.PaymentUnavailable });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
