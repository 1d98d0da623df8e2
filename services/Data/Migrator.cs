using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Data;

/// <summary>Brings a module's schema up to date when the host starts; any number of replicas may start at once.</summary>
public sealed class Migrator : BackgroundService, IHealthCheck
{
    /// <summary>In seconds. Also how long a replica waits for another one that migrates first.</summary>
    private const int MigrationTimeout = 300;

    private readonly NpgsqlDataSource _database;
    private readonly string? _connectionString;
    private readonly MigrationSource _source;
    private readonly ILogger<Migrator> _logger;
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _state = "waiting for the database";

    /// <param name="database">Whose schema it is.</param>
    /// <param name="connectionString">With the password, which a data source does not expose; null if a missing database must not be created.</param>
    /// <param name="source">The migrations.</param>
    /// <param name="logger">Logs each one.</param>
    internal Migrator(NpgsqlDataSource database, string? connectionString, MigrationSource source, ILogger<Migrator> logger) =>
        (_database, _connectionString, _source, _logger) = (database, connectionString, source, logger);

    /// <summary>Completes when the schema is up to date.</summary>
    public Task Completed => _done.Task;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_done.Task.IsCompleted
            ? HealthCheckResult.Healthy()
            : new HealthCheckResult(context.Registration.FailureStatus, $"Schema {_source.Schema} is not migrated: {_state}"));

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var attempts = RestartDelays.Build(_ => !stoppingToken.IsCancellationRequested, (e, delay) =>
        {
            _state = e.Message;
            _logger.LogWarning(e, "Schema {Schema} could not be migrated, retrying in {Delay}", _source.Schema, delay);
        });
        await attempts.ExecuteAsync(async stopping => await MigrateAsync(stopping), stoppingToken);
        _done.SetResult();
    }

    private async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // Held until commit: replicas that start together migrate one after the other, and the later ones have nothing to do.
        await ExecuteAsync(connection, "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", cancellation, _source.Schema);
        await ExecuteAsync(connection, $"""
            CREATE SCHEMA IF NOT EXISTS {_source.Schema};
            CREATE TABLE IF NOT EXISTS {_source.Schema}.migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
            """, cancellation);
        var applied = await AppliedAsync(connection, cancellation);
        foreach (var migration in _source.Read().Where(m => !applied.Contains(m.Name)))
        {
            if (!migration.IsReplacementOf(applied))
            {
                await ExecuteAsync(connection, migration.Sql, cancellation);
                _logger.LogInformation("Schema {Schema}: applied {Migration}", _source.Schema, migration.Name);
            }

            await ExecuteAsync(connection, $"INSERT INTO {_source.Schema}.migrations (name) VALUES ($1)", cancellation, migration.Name);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// Aspire creates the databases of the app model in development. Nothing does so in a cluster, and a service that is added later must not
    /// depend on a manual step.
    /// </summary>
    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        try
        {
            return await _database.OpenConnectionAsync(cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InvalidCatalogName && _connectionString is not null)
        {
            await CreateDatabaseAsync(new(_connectionString), cancellation);
            return await _database.OpenConnectionAsync(cancellation);
        }
    }

    private async Task CreateDatabaseAsync(NpgsqlConnectionStringBuilder target, CancellationToken cancellation)
    {
        var name = target.Database ?? target.Username!;
        target.Database = "postgres";
        target.Pooling = false;
        await using var server = new NpgsqlConnection(target.ConnectionString);
        await server.OpenAsync(cancellation);
        try
        {
            await ExecuteAsync(server, $"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", cancellation);
            _logger.LogInformation("Created the database {Database}", name);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another replica created it first.
        }
    }

    private async Task<HashSet<string>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"SELECT name FROM {_source.Schema}.migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellation))
            names.Add(reader.GetString(0));
        return names;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params string[] arguments)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = MigrationTimeout };
        foreach (var argument in arguments)
            command.Parameters.AddWithValue(argument);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
