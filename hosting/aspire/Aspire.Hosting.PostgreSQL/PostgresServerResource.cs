namespace Aspire.Hosting.ApplicationModel;

/// <summary>A PostgreSQL server, run as a container.</summary>
public class PostgresServerResource : ContainerResource, IResourceWithConnectionString
{
    internal const string PrimaryEndpointName = "tcp";
    private const string DefaultUserName = "postgres";

    private readonly Dictionary<string, string> _databases = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<PostgresDatabaseResource> _databaseResources = [];

    /// <param name="name">The resource's name; also the connection string's name for those that reference it.</param>
    /// <param name="userName">The administrator's name; <c>postgres</c> when null.</param>
    /// <param name="password">The administrator's password.</param>
    public PostgresServerResource(string name, ParameterResource? userName, ParameterResource password) : base(name)
    {
        ArgumentNullException.ThrowIfNull(password);
        PrimaryEndpoint = new(this, PrimaryEndpointName);
        UserNameParameter = userName;
        PasswordParameter = password;
    }

    /// <summary>The endpoint clients connect to.</summary>
    public EndpointReference PrimaryEndpoint { get; }

    /// <summary>The parameter that holds the administrator's name; null stands for <c>postgres</c>.</summary>
    public ParameterResource? UserNameParameter { get; set; }

    /// <summary>The parameter that holds the administrator's password.</summary>
    public ParameterResource PasswordParameter { get; set; }

    /// <summary>The administrator's name, whether given by a parameter or not.</summary>
    public ReferenceExpression UserNameReference =>
        UserNameParameter is { } parameter ? ReferenceExpression.Create($"{parameter}") : ReferenceExpression.Create($"{DefaultUserName}");

    /// <summary>The host part of the address.</summary>
    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    /// <summary>The port part of the address.</summary>
    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    /// <summary>The Npgsql connection string of the server, without a database.</summary>
    public ReferenceExpression ConnectionStringExpression =>
        this.TryGetLastAnnotation<ConnectionStringRedirectAnnotation>(out var redirect)
            ? redirect.Resource.ConnectionStringExpression
            : ReferenceExpression.Create($"Host={Host};Port={Port};Username={UserNameReference};Password={PasswordParameter}");

    /// <summary>The server's address as <c>postgresql://user:password@host:port</c>.</summary>
    public ReferenceExpression UriExpression => BuildUri();

    /// <summary>The server's address as <c>jdbc:postgresql://host:port</c>; credentials are separate properties.</summary>
    public ReferenceExpression JdbcConnectionString => BuildJdbcConnectionString();

    /// <summary>The databases of this server: resource name to database name.</summary>
    public IReadOnlyDictionary<string, string> Databases => _databases;

    internal IReadOnlyList<PostgresDatabaseResource> DatabaseResources => _databaseResources;

    /// <summary>Gets the server's connection string once its endpoint is known.</summary>
    public ValueTask<string?> GetConnectionStringAsync(CancellationToken cancellationToken = default) =>
        ConnectionStringExpression.GetValueAsync(cancellationToken);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
    [
        new("Host", ReferenceExpression.Create($"{Host}")),
        new("Port", ReferenceExpression.Create($"{Port}")),
        new("Username", UserNameReference),
        new("Password", ReferenceExpression.Create($"{PasswordParameter}")),
        new("Uri", UriExpression),
        new("JdbcConnectionString", JdbcConnectionString),
    ];

    internal void AddDatabase(PostgresDatabaseResource database)
    {
        _databases.TryAdd(database.Name, database.DatabaseName);
        _databaseResources.Add(database);
    }

    internal ReferenceExpression BuildUri(string? databaseName = null)
    {
        var uri = new ReferenceExpressionBuilder();
        uri.AppendLiteral("postgresql://");
        if (UserNameParameter is { } userName)
            uri.Append($"{userName:uri}");
        else
            uri.AppendLiteral(DefaultUserName);
        uri.Append($":{PasswordParameter:uri}@{Host}:{Port}");
        AppendPath(uri, databaseName);
        return uri.Build();
    }

    internal ReferenceExpression BuildJdbcConnectionString(string? databaseName = null)
    {
        var url = new ReferenceExpressionBuilder();
        url.Append($"jdbc:postgresql://{Host}:{Port}");
        AppendPath(url, databaseName);
        return url.Build();
    }

    private static void AppendPath(ReferenceExpressionBuilder url, string? databaseName)
    {
        if (databaseName is not null)
            url.AppendLiteral("/" + Uri.EscapeDataString(databaseName));
    }
}
