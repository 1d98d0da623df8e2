using Npgsql;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A database on a <see cref="PostgresServerResource"/>.</summary>
/// <param name="name">The resource's name; also the connection string's name for those that reference it.</param>
/// <param name="databaseName">The database's name on the server.</param>
/// <param name="postgresParentResource">The server.</param>
public class PostgresDatabaseResource(string name, string databaseName, PostgresServerResource postgresParentResource)
    : Resource(name), IResourceWithParent<PostgresServerResource>, IResourceWithConnectionString
{
    /// <summary>The server that holds the database.</summary>
    public PostgresServerResource Parent { get; } =
        postgresParentResource ?? throw new ArgumentNullException(nameof(postgresParentResource));

    /// <summary>The database's name on the server.</summary>
    public string DatabaseName { get; } = databaseName ?? throw new ArgumentNullException(nameof(databaseName));

    /// <summary>The server's connection string with this database.</summary>
    public ReferenceExpression ConnectionStringExpression
    {
        get
        {
            // Npgsql's builder quotes a name that holds ';' or '='.
            var database = new NpgsqlConnectionStringBuilder { Database = DatabaseName }.ConnectionString;
            return ReferenceExpression.Create($"{Parent};{database}");
        }
    }

    /// <summary>The database's address as <c>postgresql://user:password@host:port/database</c>.</summary>
    public ReferenceExpression UriExpression => Parent.BuildUri(DatabaseName);

    /// <summary>The database's address as <c>jdbc:postgresql://host:port/database</c>; credentials are separate properties.</summary>
    public ReferenceExpression JdbcConnectionString => Parent.BuildJdbcConnectionString(DatabaseName);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        .. ((IResourceWithConnectionString)Parent).GetConnectionProperties()
            .Where(property => property.Key is not ("Uri" or "JdbcConnectionString")),
        new("Uri", UriExpression),
        new("JdbcConnectionString", JdbcConnectionString),
        new("DatabaseName", ReferenceExpression.Create($"{DatabaseName}")),
    ];
}
