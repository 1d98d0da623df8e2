using Npgsql;

namespace MsaAspire.Messaging;

/// <summary>
/// Which events a module has handled. Their rows are inserted with the effects, in one round trip, in the expectation that the events are new: a
/// duplicate violates the primary key, and the transaction is repeated without it.
/// </summary>
internal sealed class Inbox(string module, NpgsqlDataSource database)
{
    private readonly string _insert = $"INSERT INTO {module}.inbox (message_id) SELECT unnest($1)";
    private readonly string _known = $"SELECT message_id FROM {module}.inbox WHERE message_id = ANY($1)";

    /// <summary>Marks them as handled; fails when one is already, or when another replica commits one first.</summary>
    public NpgsqlBatchCommand Insert(IEnumerable<Guid> ids) =>
        // In key order, so that two replicas cannot deadlock.
        new(_insert) { Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Order()] } } };

    public async Task<HashSet<Guid>> KnownAsync(IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(_known);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids] });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var known = new HashSet<Guid>();
        while (await reader.ReadAsync(cancellation))
            known.Add(reader.GetGuid(0));
        return known;
    }
}
