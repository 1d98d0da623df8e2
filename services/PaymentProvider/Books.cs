using Npgsql;

namespace MsaAspire.PaymentProvider;

/// <summary>A payment with what a repeated request is compared with.</summary>
internal sealed record Entry(Payment Payment, int Attempts, decimal? Amount);

/// <summary>The provider's books: one row a payment.</summary>
internal sealed class Books([FromKeyedServices(Books.Database)] NpgsqlDataSource database)
{
    public const string Database = "providerdb", Schema = "provider";

    /// <summary>With <c>tok_flaky</c>, the attempt that succeeds.</summary>
    private const int FlakyAttempts = 3;

    // What is decided stays; only a pending payment is decided again.
    private const string Charge = """
        INSERT INTO provider.payments AS p (id, status, decline_code, amount, currency) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET attempts = p.attempts + 1,
            status = CASE WHEN p.status = 'pending' AND p.attempts + 1 >= $6 THEN 'charged' ELSE p.status END
        RETURNING status, decline_code, attempts, amount
        """;

    private const string Refund = """
        INSERT INTO provider.payments AS p (id, status) VALUES ($1, 'void')
        ON CONFLICT (id) DO UPDATE SET status = CASE p.status WHEN 'charged' THEN 'refunded' WHEN 'pending' THEN 'void' ELSE p.status END
        RETURNING status, decline_code, attempts, amount
        """;

    private const string Find = "SELECT status, decline_code, attempts, amount FROM provider.payments WHERE id = $1";

    public async Task<Entry> ChargeAsync(Guid id, ChargeBody body)
    {
        var (status, code) = body.Token switch
        {
            "tok_ok" or "tok_slow" or "tok_late" => ("charged", null),
            "tok_flaky" => ("pending", null),
            "tok_declined" => ("declined", "card-declined"),
            _ => ("declined", "card-unknown"),
        };
        await using var command = database.CreateCommand(Charge);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = status });
        command.Parameters.Add(new() { Value = (object?)code ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = body.Amount });
        command.Parameters.Add(new() { Value = body.Currency });
        command.Parameters.Add(new() { Value = FlakyAttempts });
        return (await ReadAsync(id, command))!;
    }

    /// <summary>Refunds what was charged; what was not is void from now on, so that a charge which arrives later has no effect.</summary>
    public async Task<Payment> RefundAsync(Guid id)
    {
        await using var command = database.CreateCommand(Refund);
        command.Parameters.Add(new() { Value = id });
        return (await ReadAsync(id, command))!.Payment;
    }

    public async Task<Payment?> FindAsync(Guid id)
    {
        await using var command = database.CreateCommand(Find);
        command.Parameters.Add(new() { Value = id });
        return (await ReadAsync(id, command))?.Payment;
    }

    // Never cancelled: a caller that gives up does not undo what it asked for.
    private static async Task<Entry?> ReadAsync(Guid id, NpgsqlCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync();
        return await reader.ReadAsync()
            ? new(new(id, reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1)), reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetDecimal(3))
            : null;
    }
}
