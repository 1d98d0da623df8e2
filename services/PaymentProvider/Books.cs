using System.Threading.Channels;
using MsaAspire.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace MsaAspire.PaymentProvider;

/// <summary>A payment with what a repeated request is compared with.</summary>
internal sealed record Entry(Payment Payment, int Attempts, decimal? Amount);

/// <summary>The provider's books: one row a payment. Charges that arrive at the same time are entered in one transaction.</summary>
internal sealed class Books([FromKeyedServices(Books.Database)] NpgsqlDataSource database, ILogger<Books> logger)
    : BackgroundLoop("payment provider's books", logger)
{
    public const string Database = "providerdb", Schema = "provider";

    /// <summary>With <c>tok_flaky</c>, the attempt that succeeds.</summary>
    private const int FlakyAttempts = 3;

    private const int LargestBatch = 64;

    // What is decided stays; only a pending payment is decided again. In key order, so that two replicas cannot deadlock.
    private const string Charge = """
        INSERT INTO provider.payments AS p (id, status, decline_code, amount, currency)
        SELECT * FROM unnest($1, $2, $3, $4, $5) AS c(id, status, decline_code, amount, currency) ORDER BY c.id
        ON CONFLICT (id) DO UPDATE SET attempts = p.attempts + 1,
            status = CASE WHEN p.status = 'pending' AND p.attempts + 1 >= $6 THEN 'charged' ELSE p.status END
        RETURNING id, status, decline_code, attempts, amount
        """;

    private const string Refund = """
        INSERT INTO provider.payments AS p (id, status) VALUES ($1, 'void')
        ON CONFLICT (id) DO UPDATE SET status = CASE p.status WHEN 'charged' THEN 'refunded' WHEN 'pending' THEN 'void' ELSE p.status END
        RETURNING id, status, decline_code, attempts, amount
        """;

    private const string Find = "SELECT id, status, decline_code, attempts, amount FROM provider.payments WHERE id = $1";

    private readonly Channel<Asked> _asked = Channel.CreateBounded<Asked>(1024);

    /// <summary>Enters a charge, once for each id.</summary>
    public async Task<Entry> ChargeAsync(Guid id, ChargeBody body, CancellationToken cancellation)
    {
        var asked = new Asked(id, body);
        await _asked.Writer.WriteAsync(asked, cancellation);
        // Not cancelled from here on: a caller that gives up does not undo what it asked for.
        return await asked.Entered.Task;
    }

    /// <summary>Refunds what was charged; what was not is void from now on, so that a charge which arrives later has no effect.</summary>
    public async Task<Payment> RefundAsync(Guid id) => (await ReadAsync(database.CreateCommand(Refund), id)).Single().Payment;

    public async Task<Payment?> FindAsync(Guid id) => (await ReadAsync(database.CreateCommand(Find), id)).SingleOrDefault()?.Payment;

    protected override async Task RunAsync(CancellationToken stopping)
    {
        var batch = new Dictionary<Guid, Asked>();
        while (await _asked.Reader.WaitToReadAsync(stopping))
        {
            // A payment that is asked for twice at the same time is two batches: a statement cannot enter it twice.
            while (batch.Count < LargestBatch && _asked.Reader.TryPeek(out var next) && batch.TryAdd(next.Id, next))
                _asked.Reader.TryRead(out _);
            await EnterAsync(batch);
            batch.Clear();
            Running();
        }
    }

    private async Task EnterAsync(Dictionary<Guid, Asked> batch)
    {
        try
        {
            var charges = batch.Values.ToList();
            var decisions = charges.ConvertAll(c => Decide(c.Body.Token));
            var command = database.CreateCommand(Charge);
            command.Parameters.Add(new() { Value = charges.ConvertAll(c => c.Id) });
            command.Parameters.Add(new() { Value = decisions.ConvertAll(d => d.Status) });
            command.Parameters.Add(new() { Value = decisions.Select(d => d.DeclineCode).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            command.Parameters.Add(new() { Value = charges.ConvertAll(c => c.Body.Amount) });
            command.Parameters.Add(new() { Value = charges.ConvertAll(c => c.Body.Currency) });
            command.Parameters.Add(new() { Value = FlakyAttempts });
            foreach (var entry in await ReadAsync(command))
                batch[entry.Payment.Id].Entered.SetResult(entry);
        }
        catch (Exception e)
        {
            foreach (var asked in batch.Values)
                asked.Entered.TrySetException(e);
        }
    }

    private static (string Status, string? DeclineCode) Decide(string token) => token switch
    {
        "tok_ok" or "tok_slow" or "tok_late" => ("charged", null),
        "tok_flaky" => ("pending", null),
        "tok_declined" => ("declined", "card-declined"),
        _ => ("declined", "card-unknown"),
    };

    private static async Task<List<Entry>> ReadAsync(NpgsqlCommand command, Guid? id = null)
    {
        await using (command)
        {
            if (id is { } wanted)
                command.Parameters.Add(new() { Value = wanted });
            await using var reader = await command.ExecuteReaderAsync();
            var entries = new List<Entry>();
            while (await reader.ReadAsync())
            {
                entries.Add(new(
                    new(reader.GetGuid(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2)),
                    reader.GetInt32(3), reader.IsDBNull(4) ? null : reader.GetDecimal(4)));
            }

            return entries;
        }
    }

    private sealed record Asked(Guid Id, ChargeBody Body)
    {
        public TaskCompletionSource<Entry> Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
