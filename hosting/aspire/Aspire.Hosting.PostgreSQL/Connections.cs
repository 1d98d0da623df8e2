using Npgsql;

namespace Aspire.Hosting.Postgres;

internal static class Connections
{
    /// <summary>A connection string for the AppHost's own short visits.</summary>
    /// <param name="resourceName">Whose connection string it is, for the error.</param>
    /// <param name="connectionString">What the resource hands to its clients.</param>
    /// <param name="database">The database to visit in place of the named one; Npgsql would take the user's name when none is named.</param>
    public static string ForTools(string resourceName, string connectionString, string? database)
    {
        // No pool: an idle connection would hold up a server that waits for its clients before it stops.
        var visit = Parse(resourceName, connectionString);
        visit.Pooling = false;
        visit.Timeout = 5;
        visit.CommandTimeout = 5;
        if (database is not null)
            visit.Database = database;
        return visit.ConnectionString;
    }

    private static NpgsqlConnectionStringBuilder Parse(string resourceName, string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString);
        }
        catch (ArgumentException e)
        {
            throw new DistributedApplicationException(
                $"The connection string of '{resourceName}' is not one that Npgsql reads. Is there a ';' or a quote in its user name or password?", e);
        }
    }
}
