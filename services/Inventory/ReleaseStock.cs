using System.Text.Json;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Npgsql;

namespace MsaAspire.Inventory;

/// <summary>Releases the stock of cancelled orders. An order without a reservation is recorded, so that its late submission reserves nothing.</summary>
internal sealed class ReleaseStock : IBatchHandler
{
    private const string Release = """
        WITH released AS (
            INSERT INTO inventory.reservations AS r (order_id, items, released_at)
            SELECT DISTINCT order_id, '[]'::jsonb, now() FROM unnest($1) AS order_id ORDER BY order_id
            ON CONFLICT (order_id) DO UPDATE SET released_at = now() WHERE r.released_at IS NULL
            RETURNING items
        )
        SELECT coalesce(jsonb_agg(item), '[]') FROM released, jsonb_array_elements(items) AS item
        """;

    // In key order, like the reservations: two replicas cannot deadlock.
    private const string GiveBack = """
        WITH locked AS (
            SELECT product_id FROM inventory.stock WHERE product_id = ANY($1) ORDER BY product_id FOR UPDATE
        )
        UPDATE inventory.stock s SET available = available + i.quantity, reserved = reserved - i.quantity
        FROM unnest($1, $2) AS i(product_id, quantity) JOIN locked USING (product_id) WHERE s.product_id = i.product_id
        """;

    public async Task HandleAsync(IReadOnlyList<ReceivedEvent> events, UnitOfWork work, CancellationToken cancellation)
    {
        await using var release = new NpgsqlCommand(Release, work.Connection)
        {
            Parameters = { new() { Value = events.Select(e => ((OrderChanged)e.Data).OrderId).ToArray() } },
        };
        var items = JsonSerializer.Deserialize((string)(await release.ExecuteScalarAsync(cancellation))!, InventoryJson.Default.IReadOnlyListOrderLine)!;
        var products = items.GroupBy(i => i.ProductId, i => i.Quantity).ToList();
        if (products.Count > 0)
            work.Add(GiveBack, products.Select(p => p.Key).ToArray(), products.Select(p => p.Sum()).ToArray());
    }
}
