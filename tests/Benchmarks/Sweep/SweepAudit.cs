using Npgsql;

namespace Benchmarks.Sweep;

/// <summary>Accepted business rows against effects.</summary>
/// <param name="Accepted">Business rows: committed with their message.</param>
/// <param name="Handled">Of those, with at least one effect.</param>
/// <param name="Doubled">Of those, with more than one.</param>
/// <param name="Ghosts">Effects without a business row.</param>
internal sealed record SweepAudit(long Accepted, long Handled, long Doubled, long Ghosts)
{
    public const string CreateTable = "CREATE TABLE sweep_effects (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, entry uuid NOT NULL)";

    public long Lost => Accepted - Handled;

    public static async Task<SweepAudit> ReadAsync(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            SELECT count(*) FILTER (WHERE e.id IS NOT NULL), count(*) FILTER (WHERE e.id IS NOT NULL AND f.effects > 0),
                count(*) FILTER (WHERE e.id IS NOT NULL AND f.effects > 1), count(*) FILTER (WHERE e.id IS NULL)
            FROM peer_entries e FULL JOIN (SELECT entry, count(*) AS effects FROM sweep_effects GROUP BY entry) f ON f.entry = e.id
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
    }

    /// <summary>Until everything is handled, or nothing more is for <paramref name="patience"/>.</summary>
    public static async Task<SweepAudit> SettledAsync(NpgsqlDataSource database, TimeSpan patience, CancellationToken cancellation)
    {
        var audit = await ReadAsync(database, cancellation);
        for (var since = DateTime.UtcNow; audit.Lost > 0 && DateTime.UtcNow - since < patience;)
        {
            await Task.Delay(500, cancellation);
            var next = await ReadAsync(database, cancellation);
            if (next.Handled > audit.Handled)
                since = DateTime.UtcNow;
            audit = next;
        }

        // A double is handled after the first one, so perhaps after everything was handled once.
        await Task.Delay(TimeSpan.FromSeconds(10), cancellation);
        return await ReadAsync(database, cancellation);
    }
}
