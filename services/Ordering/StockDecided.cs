using System.Globalization;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Npgsql;
using NpgsqlTypes;

namespace MsaAspire.Ordering;

/// <summary>
/// Moves orders on when inventory has decided: inbox and orders in one statement for a whole batch. Only a submitted order moves,
/// so what comes late or out of order changes nothing.
/// </summary>
internal sealed class StockDecided([FromKeyedServices(OrderingModule.Database)] NpgsqlDataSource database) : IEventHandler
{
    private const string Apply = """
        WITH fresh AS (
            INSERT INTO ordering.inbox (message_id) SELECT unnest($1) ON CONFLICT DO NOTHING RETURNING message_id
        ), moved AS (
            UPDATE ordering.orders o SET status = e.status, reason = e.reason,
                history = o.history || jsonb_build_object('status', e.status, 'at', $5::text)
            FROM unnest($1, $2, $3, $4) AS e(message_id, order_id, status, reason) JOIN fresh USING (message_id)
            WHERE o.id = e.order_id AND o.status = 'Submitted'
        )
        SELECT count(*) FROM fresh
        """;

    public async Task<int> HandleAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellation)
    {
        var changes = events.Select(e => e.Data switch
        {
            StockReserved reserved => (e.Id, reserved.OrderId, Status: OrderStatus.Reserved, Reason: null),
            StockRejected rejected => (e.Id, rejected.OrderId, Status: OrderStatus.Rejected, Reason: Describe(rejected)),
            _ => throw new UnhandleableException($"ordering does not handle {e.Type.Name}"),
        }).ToList();

        await using var command = database.CreateCommand(Apply);
        command.Parameters.Add(new() { Value = changes.ConvertAll(c => c.Id) });
        command.Parameters.Add(new() { Value = changes.ConvertAll(c => c.OrderId) });
        command.Parameters.Add(new() { Value = changes.ConvertAll(c => c.Status) });
        command.Parameters.Add(new() { Value = changes.ConvertAll(c => c.Reason), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture) });
        return (int)(long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private static string? Describe(StockRejected rejected) =>
        $"{rejected.Reason}: {(rejected.ProductIds.Count == 1 ? "product" : "products")} {string.Join(", ", rejected.ProductIds)}";
}
