using Npgsql;

namespace Aspire.Hosting.Postgres;

internal static class Connections
{
    /// <summary>A connection string for the AppHost's own short visits.</summary>
    /// <param name="connectionString">What the resource hands to its clients.</param>
    /// <param name="database">The database to visit in place of the named one; Npgsql would take the user's name when none is named.</param>
    public static string ForTools(string connectionString, string? database)
    {
        // No pool: an idle connection would hold up a server that waits for its clients before it stops.
        var visit = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 5, CommandTimeout = 5 };
        if (database is not null)
            visit.Database = database;
        return visit.ConnectionString;
    }
}
