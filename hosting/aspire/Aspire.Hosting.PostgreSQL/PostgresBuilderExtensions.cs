using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Postgres;
using Aspire.Hosting.Utils;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

/// <summary>Adds PostgreSQL servers and databases to the application.</summary>
public static class PostgresBuilderExtensions
{
    private const string Registry = "docker.io";
    private const string Image = "library/postgres";
    private const string Tag = "18.3";

    /// <summary>
    /// Adds a PostgreSQL server. It is healthy when it answers a query; its databases are created then, before what waits for it starts.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="name">The resource's name; also the connection string's name for those that reference it.</param>
    /// <param name="userName">The administrator's name; <c>postgres</c> when null.</param>
    /// <param name="password">The administrator's password; generated and kept when null.</param>
    /// <param name="port">The port on the host; a free one when null.</param>
    public static IResourceBuilder<PostgresServerResource> AddPostgres(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource>? userName = null,
        IResourceBuilder<ParameterResource>? password = null,
        int? port = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var passwordParameter = password?.Resource
            ?? ParameterResourceBuilderExtensions.CreateDefaultPasswordParameter(builder, $"{name}-password");
        var server = new PostgresServerResource(name, userName?.Resource, passwordParameter);

        builder.Eventing.Subscribe<ResourceReadyEvent>(server, (ready, cancellationToken) =>
            DatabaseCreation.CreateAllAsync(server, ready.Services, cancellationToken));

        return builder.AddResource(server)
            .WithEndpoint(port: port, targetPort: 5432, name: PostgresServerResource.PrimaryEndpointName)
            .WithImage(Image, Tag)
            .WithImageRegistry(Registry)
            .WithIconName("DatabaseMultiple")
            .WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --auth-local=scram-sha-256")
            .WithEnvironment(context =>
            {
                context.EnvironmentVariables["POSTGRES_USER"] = server.UserNameReference;
                context.EnvironmentVariables["POSTGRES_PASSWORD"] = server.PasswordParameter;
            })
            .WithPostgresHealthCheck(server, database: "postgres");
    }

    /// <summary>Adds a database to a server. It is created when the server is ready, unless it exists.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The resource's name; also the connection string's name for those that reference it.</param>
    /// <param name="databaseName">The database's name on the server; <paramref name="name"/> when null.</param>
    public static IResourceBuilder<PostgresDatabaseResource> AddDatabase(
        this IResourceBuilder<PostgresServerResource> builder, [ResourceName] string name, string? databaseName = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);

        var database = new PostgresDatabaseResource(name, databaseName ?? name, builder.Resource);
        builder.Resource.AddDatabase(database);
        return builder.ApplicationBuilder.AddResource(database)
            .WithIconName("Database")
            .WithPostgresHealthCheck(database, database: null);
    }

    /// <summary>Sets the SQL that creates the database in place of a plain <c>CREATE DATABASE</c>; it runs in the database <c>postgres</c>.</summary>
    public static IResourceBuilder<PostgresDatabaseResource> WithCreationScript(
        this IResourceBuilder<PostgresDatabaseResource> builder, string script)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(script);
        return builder.WithAnnotation(new CreationScriptAnnotation(script));
    }

    /// <summary>Keeps the server's data in a named volume, so that it outlives the run.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="name">The volume's name; derived from the application and the resource when null.</param>
    /// <param name="isReadOnly">Whether the volume is mounted read-only.</param>
    public static IResourceBuilder<PostgresServerResource> WithDataVolume(
        this IResourceBuilder<PostgresServerResource> builder, string? name = null, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithVolume(name ?? VolumeNameGenerator.Generate(builder, "data"), DataFolder(builder.Resource), isReadOnly);
    }

    /// <summary>Keeps the server's data in a folder of the host, so that it outlives the run.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="source">The folder on the host, relative to the AppHost's.</param>
    /// <param name="isReadOnly">Whether the folder is mounted read-only.</param>
    public static IResourceBuilder<PostgresServerResource> WithDataBindMount(
        this IResourceBuilder<PostgresServerResource> builder, string source, bool isReadOnly = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(source);
        return builder.WithBindMount(source, DataFolder(builder.Resource), isReadOnly);
    }

    /// <summary>Sets the port on the host; a free one when null.</summary>
    public static IResourceBuilder<PostgresServerResource> WithHostPort(this IResourceBuilder<PostgresServerResource> builder, int? port)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.WithEndpoint(PostgresServerResource.PrimaryEndpointName, endpoint => endpoint.Port = port);
    }

    /// <summary>Sets the administrator's name.</summary>
    public static IResourceBuilder<PostgresServerResource> WithUserName(
        this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> userName)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(userName);
        builder.Resource.UserNameParameter = userName.Resource;
        return builder;
    }

    /// <summary>Sets the administrator's password.</summary>
    public static IResourceBuilder<PostgresServerResource> WithPassword(
        this IResourceBuilder<PostgresServerResource> builder, IResourceBuilder<ParameterResource> password)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(password);
        builder.Resource.PasswordParameter = password.Resource;
        return builder;
    }

    private static IResourceBuilder<T> WithPostgresHealthCheck<T>(this IResourceBuilder<T> builder, T resource, string? database)
        where T : IResourceWithConnectionString
    {
        var check = new PostgresHealthCheck(resource.Name, database);
        builder.ApplicationBuilder.Eventing.Subscribe<ConnectionStringAvailableEvent>(resource, async (_, cancellationToken) =>
            check.ConnectionString = await resource.GetConnectionStringAsync(cancellationToken)
                ?? throw new DistributedApplicationException($"The connection string of resource '{resource.Name}' was announced but is empty."));

        var key = $"{resource.Name}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().AddCheck(key, check);
        return builder.WithHealthCheck(key);
    }

    /// <summary>The image of PostgreSQL 18 moved its data a folder up (docker-library/postgres#1259).</summary>
    private static string DataFolder(PostgresServerResource server)
    {
        var tag = server.Annotations.OfType<ContainerImageAnnotation>().LastOrDefault()?.Tag ?? Tag;
        return int.TryParse(tag.Split('.', '-')[0], out var major) && major >= 18 ? "/var/lib/postgresql" : "/var/lib/postgresql/data";
    }
}
