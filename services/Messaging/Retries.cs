using Npgsql;
using NpgsqlTypes;

namespace MsaAspire.Messaging;

/// <summary>
/// Retries a message later after its handler failed, through the module's own outbox: a row there that is due then and goes to
/// this queue alone. Not through queues of the broker with a time to live: each delay would need a queue of its own, or a short delay
/// waits behind a long one.
/// </summary>
internal sealed class Retries(Subscription subscription, NpgsqlDataSource database)
{
    /// <summary>The header that counts the retries of a message.</summary>
    public const string Header = "retry-count";

    private readonly string _insert = $"""
        INSERT INTO {subscription.Queue}.outbox (message_id, type, body, traceparent, retries, due_at) VALUES ($1, $2, $3, $4, $5, now() + $6)
        """;

    /// <summary>How long <paramref name="delivery"/> has to wait for its next retry; null when none is left.</summary>
    public TimeSpan? DelayOf(Delivery delivery) =>
        delivery.Retries < subscription.Limits.MaxRetries ? subscription.Limits.DelayOfRetry(delivery.Retries + 1) : null;

    /// <summary>Returns when the retry is committed, so that the delivery can be acknowledged.</summary>
    public async Task AddAsync(Delivery delivery, ReceivedEvent received, TimeSpan delay)
    {
        await using var connection = await database.OpenConnectionAsync();
        await InsertAsync(connection, delivery, received, delay);
        Telemetry.Retried.Add(1, new KeyValuePair<string, object?>("messaging.destination.name", subscription.Queue));
    }

    /// <summary>Succeeds when a retry could be committed now: the database can be reached and takes writes.</summary>
    public async Task ProbeAsync(Delivery delivery, ReceivedEvent received)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await InsertAsync(connection, delivery, received, TimeSpan.Zero);
        await transaction.RollbackAsync();
    }

    private async Task InsertAsync(NpgsqlConnection connection, Delivery delivery, ReceivedEvent received, TimeSpan delay)
    {
        await using var command = new NpgsqlCommand(_insert, connection);
        command.Parameters.Add(new() { Value = received.Id });
        command.Parameters.Add(new() { Value = received.Type.Name });
        command.Parameters.Add(new() { Value = delivery.Body });
        command.Parameters.Add(new() { Value = (object?)received.TraceParent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = delivery.Retries + 1 });
        command.Parameters.Add(new() { Value = delay });
        await command.ExecuteNonQueryAsync();
    }
}
