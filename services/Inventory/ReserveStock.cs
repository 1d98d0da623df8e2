using System.Text.Json;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Npgsql;
using NpgsqlTypes;

namespace MsaAspire.Inventory;

/// <summary>Reserves stock for submitted orders: two round trips and one commit for a whole batch.</summary>
internal sealed class ReserveStock(
    [FromKeyedServices(InventoryModule.Database)] NpgsqlDataSource database,
    [FromKeyedServices(InventoryModule.Name)] Outbox outbox)
{
    public async Task<int> HandleAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellation)
    {
        foreach (var received in events)
            Reservations.Check((OrderSubmitted)received.Data);

        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var (fresh, known, available) = await LockAsync(connection, events, cancellation);
        var count = fresh.Count;
        var decided = events.Where(e => fresh.Remove(e.Id) && !known.Contains(((OrderSubmitted)e.Data).OrderId))
            .Select(e => (Event: e, Reservation: Reservations.Decide((OrderSubmitted)e.Data, available)))
            .ToList();
        if (decided.Count == 0)
        {
            await transaction.CommitAsync(cancellation);
            return count;
        }

        var outcomes = decided.ConvertAll(d => Outcome(d.Event, d.Reservation));
        await using var batch = new NpgsqlBatch(connection);
        var held = decided.Where(d => d.Reservation.Rejection is null).Select(d => d.Reservation.Order).ToList();
        if (held.Count > 0)
            AddReservations(batch, held);
        batch.BatchCommands.Add(OutboxMessage.Insert(InventoryModule.Name, outcomes));
        batch.BatchCommands.Add(new("COMMIT"));
        await batch.ExecuteNonQueryAsync(cancellation);
        outbox.Committed(outcomes);
        return count;
    }

    private static async Task<(HashSet<Guid> Fresh, HashSet<Guid> Known, Dictionary<int, int> Available)> LockAsync(
        NpgsqlConnection connection, IReadOnlyList<ReceivedEvent> events, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("INSERT INTO inventory.inbox (message_id) SELECT unnest($1) ON CONFLICT DO NOTHING RETURNING message_id")
                {
                    Parameters = { new() { Value = events.Select(e => e.Id).ToArray() } },
                },
                // Already reserved or cancelled; if that happens concurrently, the insert below fails and the batch is retried.
                new("SELECT order_id FROM inventory.reservations WHERE order_id = ANY($1)")
                {
                    Parameters = { new() { Value = events.Select(e => ((OrderSubmitted)e.Data).OrderId).ToArray() } },
                },
                // In key order, so that two replicas cannot deadlock.
                new("SELECT product_id, available FROM inventory.stock WHERE product_id = ANY($1) ORDER BY product_id FOR UPDATE")
                {
                    Parameters =
                    {
                        new() { Value = events.SelectMany(e => ((OrderSubmitted)e.Data).Items).Select(l => l.ProductId).Distinct().ToArray() },
                    },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var fresh = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellation))
            fresh.Add(reader.GetGuid(0));
        await reader.NextResultAsync(cancellation);
        var known = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellation))
            known.Add(reader.GetGuid(0));
        await reader.NextResultAsync(cancellation);
        var available = new Dictionary<int, int>();
        while (await reader.ReadAsync(cancellation))
            available.Add(reader.GetInt32(0), reader.GetInt32(1));
        return (fresh, known, available);
    }

    private static void AddReservations(NpgsqlBatch batch, List<OrderSubmitted> orders)
    {
        var products = orders.SelectMany(o => o.Items).GroupBy(l => l.ProductId, l => l.Quantity).ToList();
        batch.BatchCommands.Add(new("""
            UPDATE inventory.stock s SET available = available - l.quantity, reserved = reserved + l.quantity
            FROM unnest($1, $2) AS l(product_id, quantity) WHERE s.product_id = l.product_id
            """)
        {
            Parameters =
            {
                new() { Value = products.Select(p => p.Key).ToArray() },
                new() { Value = products.Select(p => p.Sum()).ToArray() },
            },
        });
        batch.BatchCommands.Add(new("INSERT INTO inventory.reservations (order_id, items) SELECT * FROM unnest($1, $2)")
        {
            Parameters =
            {
                new() { Value = orders.ConvertAll(o => o.OrderId) },
                new()
                {
                    Value = orders.ConvertAll(o => JsonSerializer.Serialize(o.Items, InventoryJson.Default.IReadOnlyListOrderLine)),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
                },
            },
        });
    }

    private static OutboxMessage Outcome(ReceivedEvent cause, Reservation reservation) => reservation.Rejection is { } rejection
        ? OutboxMessage.Create(InventoryModule.Name, ShopEvents.StockRejected, rejection, cause.TraceParent)
        : OutboxMessage.Create(InventoryModule.Name, ShopEvents.StockReserved,
            new StockReserved(reservation.Order.OrderId, reservation.Order.Payment), cause.TraceParent);
}
