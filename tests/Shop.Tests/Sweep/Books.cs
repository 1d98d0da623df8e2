using Aspire.Hosting.Testing;
using Npgsql;

namespace Shop.Tests.Sweep;

/// <summary>What the databases say after all, and what is wrong between them.</summary>
internal sealed class Books(RunningShop shop)
{
    /// <summary>How many orders have no final status yet.</summary>
    public async Task<long> OpenOrdersAsync(CancellationToken cancellation)
    {
        await using var ordering = await OpenAsync("ordering", cancellation);
        return (long)(await ScalarAsync(ordering, "SELECT count(*) FROM ordering.orders WHERE status IN ('Submitted', 'Reserved')", cancellation))!;
    }

    /// <summary>How many charges the provider has not decided yet.</summary>
    public async Task<long> OpenChargesAsync(CancellationToken cancellation)
    {
        await using var payment = await OpenAsync("payment", cancellation);
        return (long)(await ScalarAsync(payment, "SELECT count(*) FROM payment.charges WHERE status IN ('Pending', 'Voiding', 'Refunding')", cancellation))!;
    }

    /// <summary>How many events wait to be published, anywhere.</summary>
    public async Task<long> UnpublishedAsync(CancellationToken cancellation)
    {
        var sum = 0L;
        foreach (var module in Shape.Modules)
        {
            await using var database = await OpenAsync(module, cancellation);
            sum += (long)(await ScalarAsync(database, $"SELECT count(*) FROM {module}.outbox", cancellation))!;
        }

        return sum;
    }

    /// <summary>Each line a fault; none when all adds up.</summary>
    /// <param name="accepted">Order ids by key, as customers know them.</param>
    /// <param name="stockBefore">The sum of available and reserved pieces before the first order.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<IReadOnlyList<string>> AuditAsync(IReadOnlyDictionary<string, Guid> accepted, long stockBefore, CancellationToken cancellation)
    {
        var faults = new List<string>();
        var orders = await RowsAsync("ordering", "SELECT idempotency_key, id, status, total FROM ordering.orders",
            row => (Key: row.GetString(0), Id: row.GetGuid(1), Status: row.GetString(2), Total: row.GetDecimal(3)), cancellation);
        var byKey = orders.ToLookup(o => o.Key);
        faults.AddRange(accepted.Where(a => !byKey[a.Key].Any(o => o.Id == a.Value)).Select(a => $"lost: order {a.Value} was accepted and is not there"));
        faults.AddRange(byKey.Where(o => o.Count() > 1).Select(o => $"doubled: {o.Count()} orders of key {o.Key}"));
        faults.AddRange(orders.Where(o => o.Status is "Submitted" or "Reserved").Select(o => $"stuck: order {o.Id} is {o.Status}"));

        var confirmed = orders.Where(o => o.Status == "Confirmed").ToDictionary(o => o.Id, o => o.Total);
        var held = await RowsAsync("inventory", "SELECT order_id FROM inventory.reservations WHERE released_at IS NULL", row => row.GetGuid(0), cancellation);
        faults.AddRange(held.Except(confirmed.Keys).Select(id => $"stock is held for order {id}, which is not confirmed"));
        faults.AddRange(confirmed.Keys.Except(held).Select(id => $"no stock is held for confirmed order {id}"));

        var charged = await RowsAsync("payment", "SELECT order_id, amount FROM payment.charges WHERE status = 'Charged'",
            row => (Id: row.GetGuid(0), Amount: row.GetDecimal(1)), cancellation);
        faults.AddRange(charged.Where(c => !confirmed.TryGetValue(c.Id, out var total) || total != c.Amount).Select(c => $"{c.Amount} was charged for order {c.Id}, which is not confirmed at that price"));
        faults.AddRange(confirmed.Keys.Except(charged.Select(c => c.Id)).Select(id => $"confirmed order {id} was not charged"));

        var paid = await RowsAsync("provider", "SELECT id, amount FROM provider.payments WHERE status = 'charged'",
            row => (Id: row.GetGuid(0), Amount: row.GetDecimal(1)), cancellation);
        faults.AddRange(paid.Except(charged).Select(p => $"the provider has charged {p.Amount} for order {p.Id}, payment has not"));
        faults.AddRange(charged.Except(paid).Select(p => $"payment has charged {p.Amount} for order {p.Id}, the provider has not"));

        await using var inventory = await OpenAsync("inventory", cancellation);
        if (await StockAsync(cancellation) is var stock && stock != stockBefore)
            faults.Add($"there were {stockBefore} pieces and now there are {stock}");
        var reserved = (long)(await ScalarAsync(inventory, "SELECT sum(reserved) FROM inventory.stock", cancellation))!;
        var reservations = (long)(await ScalarAsync(inventory, """
            SELECT coalesce(sum((item ->> 'quantity')::int), 0) FROM inventory.reservations, jsonb_array_elements(items) AS item WHERE released_at IS NULL
            """, cancellation))!;
        if (reserved != reservations)
            faults.Add($"{reserved} pieces count as reserved, the reservations hold {reservations}");
        return faults;
    }

    /// <summary>When each charge came to payment.</summary>
    public Task<List<(Guid Order, DateTime At)>> ChargesAsync(CancellationToken cancellation) =>
        RowsAsync("payment", "SELECT order_id, created_at FROM payment.charges", row => (row.GetGuid(0), row.GetDateTime(1)), cancellation);

    /// <summary>When the provider was first asked for each charge, and how often.</summary>
    public Task<List<(Guid Order, DateTime At, int Attempts)>> ProviderCallsAsync(CancellationToken cancellation) =>
        RowsAsync("provider", "SELECT id, created_at, attempts FROM provider.payments", row => (row.GetGuid(0), row.GetDateTime(1), row.GetInt32(2)), cancellation);

    /// <summary>The status of an order's charge; null while there is none.</summary>
    public async Task<string?> ChargeAsync(Guid order, CancellationToken cancellation) =>
        (await RowsAsync("payment", $"SELECT status FROM payment.charges WHERE order_id = '{order}'", row => row.GetString(0), cancellation)).SingleOrDefault();

    /// <summary>The status of a payment in the provider's books; null while there is none.</summary>
    public async Task<string?> ProviderPaymentAsync(Guid order, CancellationToken cancellation) =>
        (await RowsAsync("provider", $"SELECT status FROM provider.payments WHERE id = '{order}'", row => row.GetString(0), cancellation)).SingleOrDefault();

    /// <summary>The sum of available and reserved pieces.</summary>
    public async Task<long> StockAsync(CancellationToken cancellation)
    {
        await using var inventory = await OpenAsync("inventory", cancellation);
        return (long)(await ScalarAsync(inventory, "SELECT sum(available + reserved) FROM inventory.stock", cancellation))!;
    }

    /// <summary>Commits an event to a module's outbox, as the module would.</summary>
    public async Task CommitEventAsync(string module, string type, string body, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(module, cancellation);
        await using var command = new NpgsqlCommand(
            $"INSERT INTO {module}.outbox (message_id, type, body) VALUES (gen_random_uuid(), $1, convert_to($2, 'UTF8'))", connection);
        command.Parameters.Add(new() { Value = type });
        command.Parameters.Add(new() { Value = body });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<List<T>> RowsAsync<T>(string module, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(module, cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }

    private async Task<NpgsqlConnection> OpenAsync(string module, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection($"{await shop.App.GetConnectionStringAsync(shop.Shape.DatabaseOf(module), cancellation)};Pooling=false");
        await connection.OpenAsync(cancellation);
        return connection;
    }

    private static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(cancellation);
    }
}
