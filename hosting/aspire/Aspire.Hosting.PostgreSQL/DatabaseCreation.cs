using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Aspire.Hosting.Postgres;

internal static class DatabaseCreation
{
    public static async Task CreateAllAsync(PostgresServerResource server, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (server.DatabaseResources.Count == 0)
            return;

        var connectionString = await server.GetConnectionStringAsync(cancellationToken)
            ?? throw new DistributedApplicationException($"PostgreSQL server '{server.Name}' is ready but has no connection string.");
        await using var connection = new NpgsqlConnection(Connections.ForTools(server.Name, connectionString, "postgres"));
        await connection.OpenAsync(cancellationToken);

        var logger = services.GetRequiredService<ResourceLoggerService>().GetLogger(server);
        foreach (var database in server.DatabaseResources)
            await CreateAsync(connection, database, logger, cancellationToken);
    }

    private static async Task CreateAsync(
        NpgsqlConnection connection, PostgresDatabaseResource database, ILogger logger, CancellationToken cancellationToken)
    {
        using var quoter = new NpgsqlCommandBuilder();
        var script = database.Annotations.OfType<CreationScriptAnnotation>().LastOrDefault()?.Script
            ?? $"CREATE DATABASE {quoter.QuoteIdentifier(database.DatabaseName)}";
        try
        {
            await using var command = new NpgsqlCommand(script, connection) { CommandTimeout = 60 };
            await command.ExecuteNonQueryAsync(cancellationToken);
            logger.LogInformation("Created database {Database}", database.DatabaseName);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
            logger.LogDebug("Database {Database} exists already", database.DatabaseName);
        }
        catch (NpgsqlException e)
        {
            // One database that cannot be created must not keep the others from it; its own health check stays red and says why.
            logger.LogError(e, "Could not create database {Database} of resource {Resource}", database.DatabaseName, database.Name);
        }
    }
}
