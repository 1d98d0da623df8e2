using System.Diagnostics.Metrics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Data;

/// <summary>How long the rows of a table are kept.</summary>
/// <param name="Schema">The module's schema.</param>
/// <param name="Table">The table; its primary key is a UUID of version 7, which tells its age.</param>
/// <param name="Key">The primary key.</param>
/// <param name="Condition">Only rows for which this holds are deleted.</param>
/// <param name="KeptFor">The row's age at which it is deleted.</param>
internal sealed record RetentionRule(string Schema, string Table, string Key, string Condition, TimeSpan KeptFor);

/// <summary>Registers how long rows are kept.</summary>
public static class Retention
{
    /// <summary>The meter of what is deleted.</summary>
    internal const string MeterName = "MsaAspire.Retention";

    /// <summary>
    /// Deletes rows of a table once they are old enough, in small batches by primary key, on one replica at a time. The configuration
    /// <c>Retention:{schema}:{table}</c> overrides the time, for example <c>Retention__ordering__orders=30.00:00:00</c>.
    /// </summary>
    /// <param name="services">The service's services.</param>
    /// <param name="connectionName">The key of the database.</param>
    /// <param name="schema">The module's schema.</param>
    /// <param name="table">The table.</param>
    /// <param name="key">Its primary key: a UUID of version 7.</param>
    /// <param name="keptFor">How long a row is kept unless configured.</param>
    /// <param name="condition">Only rows for which this holds are deleted; <c>$3</c> is how long a row is kept.</param>
    public static void AddRetention(
        this IServiceCollection services, string connectionName, string schema, string table, string key, TimeSpan keptFor, string condition = "true")
    {
        var isFirst = !services.Any(s => s.ServiceType == typeof(RetentionRule) && Equals(s.ServiceKey, schema));
        services.AddKeyedSingleton(schema, (s, _) => new RetentionRule(schema, table, key, condition,
            s.GetRequiredService<IConfiguration>().GetValue($"Retention:{schema}:{table}", keptFor)));
        if (!isFirst)
            return;
        services.AddBackgroundLoop(s => new Loop(schema, [.. s.GetKeyedServices<RetentionRule>(schema)],
            s.GetRequiredKeyedService<NpgsqlDataSource>(connectionName), s.GetRequiredKeyedService<Migrator>(connectionName).Completed,
            s.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Retention))));
    }

    private sealed class Loop(string schema, IReadOnlyList<RetentionRule> rules, NpgsqlDataSource database, Task ready, ILogger logger)
        : BackgroundLoop($"{schema} retention", logger)
    {
        /// <summary>A statement takes milliseconds, so it delays no request and no vacuum.</summary>
        private const int BatchSize = 2000;

        private static readonly TimeSpan s_interval = TimeSpan.FromMinutes(1);
        private static readonly Counter<long> s_deleted = new Meter(MeterName).CreateCounter<long>("db.retention.deleted_rows", "{row}");

        protected override async Task RunAsync(CancellationToken stopping)
        {
            await ready.WaitAsync(stopping);
            using var timer = new PeriodicTimer(s_interval);
            do
            {
                foreach (var rule in rules)
                    await DeleteAsync(rule, stopping);
                Running();
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }

        private async Task DeleteAsync(RetentionRule rule, CancellationToken stopping)
        {
            var before = Guid.CreateVersion7(DateTimeOffset.UtcNow - rule.KeptFor);
            // From where the batch before ended: what it deleted is still in the index.
            for (Guid? last = Guid.Empty; last is { } after;)
                last = await DeleteBatchAsync(rule, after, before, stopping);
        }

        /// <returns>The last key that was deleted; null when there is no more to delete, or another replica does it.</returns>
        private async Task<Guid?> DeleteBatchAsync(RetentionRule rule, Guid after, Guid before, CancellationToken stopping)
        {
            await using var command = database.CreateCommand($"""
                WITH gone AS (
                    DELETE FROM {rule.Schema}.{rule.Table} WHERE {rule.Key} IN (
                        SELECT {rule.Key} FROM {rule.Schema}.{rule.Table}
                        WHERE {rule.Key} > $1 AND {rule.Key} < $2 AND {rule.Condition}
                            AND (SELECT pg_try_advisory_xact_lock(hashtextextended('retention {rule.Schema}', 0)))
                        ORDER BY {rule.Key} LIMIT {BatchSize})
                    RETURNING {rule.Key} AS key
                )
                SELECT count(*), (SELECT key FROM gone ORDER BY key DESC LIMIT 1) FROM gone
                """);
            command.Parameters.Add(new() { Value = after });
            command.Parameters.Add(new() { Value = before });
            if (rule.Condition.Contains("$3", StringComparison.Ordinal))
                command.Parameters.Add(new() { Value = rule.KeptFor });
            await using var reader = await command.ExecuteReaderAsync(stopping);
            await reader.ReadAsync(stopping);
            var count = reader.GetInt64(0);
            if (count > 0)
                s_deleted.Add(count, new KeyValuePair<string, object?>("db.collection.name", $"{rule.Schema}.{rule.Table}"));
            return count < BatchSize ? null : reader.GetGuid(1);
        }
    }
}
