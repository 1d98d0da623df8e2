using System.Text.Json;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Npgsql;

namespace MsaAspire.Inventory;

/// <summary>Releases the stock of cancelled orders. An order without a reservation is recorded, so that its late submission reserves nothing.</summary>
internal sealed class ReleaseStock([FromKeyedServices(InventoryModule.Database)] NpgsqlDataSource database)
{
    private const string Release = """
        WITH fresh AS (
            INSERT INTO inventory.inbox (message_id) SELECT unnest($1) ON CONFLICT DO NOTHING RETURNING message_id
        ), orders AS (
            SELECT DISTINCT e.order_id FROM unnest($1, $2) AS e(message_id, order_id) JOIN fresh USING (message_id)
        ), released AS (
            INSERT INTO inventory.reservations AS r (order_id, items, released_at) SELECT order_id, '[]', now() FROM orders ORDER BY order_id
            ON CONFLICT (order_id) DO UPDATE SET released_at = now() WHERE r.released_at IS NULL
            RETURNING items
        )
        SELECT (SELECT count(*) FROM fresh), (SELECT coalesce(jsonb_agg(item), '[]') FROM released, jsonb_array_elements(items) AS item)
        """;

    // In key order, like the reservations: two replicas cannot deadlock.
    private const string GiveBack = """
        WITH locked AS (
            SELECT product_id FROM inventory.stock WHERE product_id = ANY($1) ORDER BY product_id FOR UPDATE
        )
        UPDATE inventory.stock s SET available = available + i.quantity, reserved = reserved - i.quantity
        FROM unnest($1, $2) AS i(product_id, quantity) JOIN locked USING (product_id) WHERE s.product_id = i.product_id
        """;

    public async Task<int> HandleAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var (fresh, items) = await ReleaseAsync(connection, events, cancellation);
        if (items.Count > 0)
        {
            var products = items.GroupBy(i => i.ProductId, i => i.Quantity).ToList();
            await using var giveBack = new NpgsqlCommand(GiveBack, connection);
            giveBack.Parameters.Add(new() { Value = products.Select(p => p.Key).ToArray() });
            giveBack.Parameters.Add(new() { Value = products.Select(p => p.Sum()).ToArray() });
            await giveBack.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return fresh;
    }

    private static async Task<(int Fresh, IReadOnlyList<OrderLine> Items)> ReleaseAsync(
        NpgsqlConnection connection, IReadOnlyList<ReceivedEvent> events, CancellationToken cancellation)
    {
        await using var release = new NpgsqlCommand(Release, connection);
        release.Parameters.Add(new() { Value = events.Select(e => e.Id).ToArray() });
        release.Parameters.Add(new() { Value = events.Select(e => ((OrderChanged)e.Data).OrderId).ToArray() });
        await using var reader = await release.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return ((int)reader.GetInt64(0), JsonSerializer.Deserialize(reader.GetString(1), InventoryJson.Default.IReadOnlyListOrderLine)!);
    }
}
