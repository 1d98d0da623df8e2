using Aspire.Hosting.Testing;
using MsaAspire.Testing.Shop;
using Npgsql;

namespace Benchmarks.Checkout;

/// <summary>A table with its indexes.</summary>
/// <param name="Name">Schema and table.</param>
/// <param name="Rows">By the statistics of PostgreSQL, so about.</param>
/// <param name="Bytes">On disk, dead rows included.</param>
public sealed record TableSize(string Name, long Rows, long Bytes);

/// <summary>A table's size before and after the load.</summary>
public sealed record TableGrowth(TableSize AtStart, TableSize AtEnd);

/// <summary>Reads the sizes of all tables of the shop.</summary>
internal static class TableSizes
{
    private const string Query = """
        SELECT schemaname || '.' || relname, n_live_tup, pg_total_relation_size(relid) FROM pg_stat_user_tables ORDER BY 1
        """;

    private static readonly string[] s_databases = [.. Shape.Modules.Append("catalog").Append("provider").Select(Shape.Microservices.DatabaseOf)];

    public static async Task<IReadOnlyDictionary<string, TableSize>> ReadAsync(RunningShop shop, CancellationToken cancellation)
    {
        var sizes = new Dictionary<string, TableSize>(StringComparer.Ordinal);
        foreach (var database in s_databases)
        {
            await using var connection = new NpgsqlConnection(await shop.App.GetConnectionStringAsync(database, cancellation));
            await connection.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand(Query, connection);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                sizes.Add(reader.GetString(0), new(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)));
        }

        return sizes;
    }
}
