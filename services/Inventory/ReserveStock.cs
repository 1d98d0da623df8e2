using System.Text.Json;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Npgsql;
using NpgsqlTypes;

namespace MsaAspire.Inventory;

/// <summary>Reserves stock for submitted orders: two round trips and one commit for a whole batch.</summary>
internal sealed class ReserveStock : IBatchHandler
{
    public async Task HandleAsync(IReadOnlyList<ReceivedEvent> events, UnitOfWork work, CancellationToken cancellation)
    {
        foreach (var received in events)
            Reservations.Check((OrderSubmitted)received.Data);

        var (known, available) = await LockAsync(work.Connection, [.. events.Select(e => (OrderSubmitted)e.Data)], cancellation);
        var held = new List<OrderSubmitted>();
        foreach (var received in events)
        {
            var order = (OrderSubmitted)received.Data;
            if (!known.Add(order.OrderId))
                continue;
            if (Reservations.Decide(order, available) is { } rejection)
            {
                work.Publish(ShopEvents.StockRejected, rejection, received.TraceParent);
                continue;
            }

            held.Add(order);
            work.Publish(ShopEvents.StockReserved, new StockReserved(order.OrderId), received.TraceParent);
        }

        if (held.Count > 0)
            AddReservations(work, held);
    }

    private static async Task<(HashSet<Guid> Known, Dictionary<int, int> Available)> LockAsync(
        NpgsqlConnection connection, IReadOnlyList<OrderSubmitted> orders, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                // Already reserved or cancelled; if that happens concurrently, the insert below fails and the batch is repeated.
                new("SELECT order_id FROM inventory.reservations WHERE order_id = ANY($1)")
                {
                    Parameters = { new() { Value = orders.Select(o => o.OrderId).ToArray() } },
                },
                // In key order, so that two replicas cannot deadlock.
                new("SELECT product_id, available FROM inventory.stock WHERE product_id = ANY($1) ORDER BY product_id FOR UPDATE")
                {
                    Parameters = { new() { Value = orders.SelectMany(o => o.Items).Select(l => l.ProductId).Distinct().ToArray() } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        var known = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellation))
            known.Add(reader.GetGuid(0));
        await reader.NextResultAsync(cancellation);
        var available = new Dictionary<int, int>();
        while (await reader.ReadAsync(cancellation))
            available.Add(reader.GetInt32(0), reader.GetInt32(1));
        return (known, available);
    }

    private static void AddReservations(UnitOfWork work, List<OrderSubmitted> orders)
    {
        var products = orders.SelectMany(o => o.Items).GroupBy(l => l.ProductId, l => l.Quantity).ToList();
        work.Add(new NpgsqlBatchCommand("""
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
        work.Add(new NpgsqlBatchCommand("INSERT INTO inventory.reservations (order_id, items) SELECT * FROM unnest($1, $2)")
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
}
