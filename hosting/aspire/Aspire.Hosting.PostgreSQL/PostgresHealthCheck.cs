using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Aspire.Hosting.Postgres;

/// <summary>Asks the server, or the database, for the answer to <c>SELECT 1</c>.</summary>
internal sealed class PostgresHealthCheck(string resourceName, string? database) : IHealthCheck
{
    private string? _connectionString;

    public string ConnectionString
    {
        set => _connectionString = Connections.ForTools(resourceName, value, database);
    }

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (_connectionString is null)
            return HealthCheckResult.Unhealthy($"The connection string of '{resourceName}' is not known yet.");
        try
        {
            await using var connection = new NpgsqlConnection(_connectionString);
            await connection.OpenAsync(cancellationToken);
            await using var query = new NpgsqlCommand("SELECT 1", connection);
            await query.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy(e.Message, e);
        }
    }
}
