using System.Text.Json;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Npgsql;
using NpgsqlTypes;

namespace MsaAspire.Ordering;

/// <summary>One or two statuses that an order reaches at once, oldest first.</summary>
/// <param name="Changes">The statuses.</param>
/// <param name="Cause">The decision of another service; null for the deadline.</param>
internal sealed record OrderMove(IReadOnlyList<OrderChanged> Changes, ReceivedEvent? Cause)
{
    private const string Update = """
        UPDATE ordering.orders o SET status = m.status, reason = m.reason, history = o.history || m.added
        FROM unnest($1, $2, $3, $4) AS m(order_id, status, reason, added) WHERE o.id = m.order_id
        """;

    /// <summary>Writes the status changes and their events, commits the current transaction, and hands the events to the relay.</summary>
    public static async Task CommitAsync(NpgsqlConnection connection, IReadOnlyList<OrderMove> moves, Outbox outbox, CancellationToken cancellation)
    {
        var messages = moves.SelectMany(m => m.Changes, Message).ToList();
        await using var batch = new NpgsqlBatch(connection);
        // An UPDATE applies only one of several rows for the same order, so those run one after the other.
        foreach (var wave in Waves(moves))
            batch.BatchCommands.Add(UpdateCommand(wave));
        if (moves.Count > 0)
            batch.BatchCommands.Add(OutboxMessage.Insert(OrderingModule.Name, messages));
        batch.BatchCommands.Add(new("COMMIT"));
        await batch.ExecuteNonQueryAsync(cancellation);
        outbox.Committed(messages);
    }

    private static IEnumerable<IReadOnlyList<OrderMove>> Waves(IReadOnlyList<OrderMove> moves) => moves
        .GroupBy(m => m.Changes[0].OrderId)
        .SelectMany(order => order.Select((move, wave) => (move, wave)))
        .GroupBy(m => m.wave, m => m.move)
        .OrderBy(wave => wave.Key)
        .Select(wave => wave.ToList());

    private static NpgsqlBatchCommand UpdateCommand(IReadOnlyList<OrderMove> moves) => new(Update)
    {
        Parameters =
        {
            new() { Value = moves.Select(m => m.Changes[^1].OrderId).ToArray() },
            new() { Value = moves.Select(m => m.Changes[^1].Status).ToArray() },
            new() { Value = moves.Select(m => m.Changes[^1].Reason).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            new() { Value = moves.Select(History).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb },
        },
    };

    private static string History(OrderMove move) => JsonSerializer.Serialize(
        [.. move.Changes.Select(c => new StatusChange(c.Status, c.At))], OrderingJson.Default.IReadOnlyListStatusChange);

    private static OutboxMessage Message(OrderMove move, OrderChanged change) =>
        OutboxMessage.Create(OrderingModule.Name, OrderStatus.EventOf(change.Status), change, move.Cause?.TraceParent);
}
