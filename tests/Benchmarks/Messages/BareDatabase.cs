using System.Diagnostics;
using Npgsql;

namespace Benchmarks.Messages;

/// <summary>The ceiling of PostgreSQL: commits of two prepared inserts, a business row and a row as large as the outbox's.</summary>
internal static class BareDatabase
{
    public static async Task<double> CommitsPerSecondAsync(string connectionString, int connections, byte[] body, TimeSpan duration, CancellationToken cancellation)
    {
        await using var database = NpgsqlDataSource.Create(connectionString);
        await using (var create = database.CreateCommand("""
            CREATE TABLE IF NOT EXISTS bare_entries (id uuid PRIMARY KEY, value text NOT NULL);
            CREATE TABLE IF NOT EXISTS bare_outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, message_id uuid NOT NULL, body bytea NOT NULL);
            TRUNCATE bare_entries, bare_outbox
            """))
        {
            await create.ExecuteNonQueryAsync(cancellation);
        }

        var start = Stopwatch.GetTimestamp();
        var commits = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(CommitAsync, cancellation)));
        return commits.Sum() / Stopwatch.GetElapsedTime(start).TotalSeconds;

        async Task<int> CommitAsync()
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            var id = new NpgsqlParameter<Guid>();
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands =
                {
                    new("INSERT INTO bare_entries (id, value) VALUES ($1, $2)") { Parameters = { id, new NpgsqlParameter<string> { TypedValue = "entry" } } },
                    new("INSERT INTO bare_outbox (message_id, body) VALUES ($1, $2)")
                    {
                        Parameters = { new NpgsqlParameter<Guid> { TypedValue = Guid.NewGuid() }, new NpgsqlParameter<byte[]> { TypedValue = body } },
                    },
                },
            };
            await batch.PrepareAsync(cancellation);
            var count = 0;
            for (; Stopwatch.GetElapsedTime(start) < duration; count++)
            {
                id.TypedValue = Guid.CreateVersion7();
                await batch.ExecuteNonQueryAsync(cancellation);
            }

            return count;
        }
    }
}
