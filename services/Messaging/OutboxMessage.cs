using System.Diagnostics;
using MsaAspire.Contracts;
using Npgsql;
using NpgsqlTypes;

namespace MsaAspire.Messaging;

/// <summary>A row of the outbox before it is inserted.</summary>
/// <param name="Id">The CloudEvents id.</param>
/// <param name="Type">The CloudEvents type.</param>
/// <param name="Body">The whole event.</param>
/// <param name="TraceParent">W3C trace context of what caused it.</param>
public sealed record OutboxMessage(Guid Id, string Type, byte[] Body, string? TraceParent)
{
    /// <summary>The largest event, envelope included, in bytes.</summary>
    public const int MaxSize = 256 * 1024;

    /// <summary>Wraps an event in its envelope.</summary>
    /// <param name="source">The module that publishes it.</param>
    /// <param name="type">What it is.</param>
    /// <param name="data">Its data, of the type <paramref name="type"/> names.</param>
    /// <param name="traceParent">What caused it; by default the current span.</param>
    /// <exception cref="EventTooLargeException">It is larger than <see cref="MaxSize"/>.</exception>
    public static OutboxMessage Create(string source, EventType type, object data, string? traceParent = null)
    {
        var id = Guid.CreateVersion7();
        var body = CloudEvent.Write(id, $"/{source}", type, data);
        return body.Length <= MaxSize
            ? new(id, type.Name, body, traceParent ?? Activity.Current?.Id)
            : throw new EventTooLargeException(type.Name, body.Length);
    }

    /// <summary>
    /// One statement that inserts all of <paramref name="messages"/> into the outbox of <paramref name="schema"/>. After the commit, hand them to
    /// <see cref="Outbox.Committed"/>.
    /// </summary>
    public static NpgsqlBatchCommand Insert(string schema, IReadOnlyList<OutboxMessage> messages) =>
        messages is [var only] ? InsertOne(schema, only) : InsertMany(schema, messages);

    // The usual case under low load, and cheaper than an array of one.
    private static NpgsqlBatchCommand InsertOne(string schema, OutboxMessage message) => new($"""
        INSERT INTO {schema}.outbox (id, message_id, type, body, traceparent) VALUES ($1, $1, $2, $3, $4)
        """)
    {
        Parameters =
        {
            new NpgsqlParameter<Guid> { TypedValue = message.Id },
            new NpgsqlParameter<string> { TypedValue = message.Type },
            new NpgsqlParameter<byte[]> { TypedValue = message.Body },
            new() { Value = (object?)message.TraceParent ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
        },
    };

    private static NpgsqlBatchCommand InsertMany(string schema, IReadOnlyList<OutboxMessage> messages) => new($"""
        INSERT INTO {schema}.outbox (id, message_id, type, body, traceparent)
        SELECT id, id, type, body, traceparent FROM unnest($1, $2, $3, $4) AS m(id, type, body, traceparent)
        """)
    {
        Parameters =
        {
            new() { Value = messages.Select(m => m.Id).ToArray() },
            new() { Value = messages.Select(m => m.Type).ToArray() },
            new() { Value = messages.Select(m => m.Body).ToArray() },
            new() { Value = messages.Select(m => m.TraceParent).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        },
    };
}
