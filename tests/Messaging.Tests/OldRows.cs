using MsaAspire.Contracts;
using Npgsql;
using Xunit;

namespace Messaging.Tests;

/// <summary>Rows that nobody needs any more are deleted while the module works.</summary>
public class OldRows(Servers servers)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    private readonly EventType _type = new($"test.{Guid.NewGuid():N}", 1, ShopEvents.StockReserved.Json);

    [Fact]
    public Task Are_deleted_in_bounded_statements_while_events_are_handled_and_younger_ones_stay() => DeleteAsync(200_000);

    [LongFact]
    public Task So_are_millions() => DeleteAsync(2_000_000);

    private async Task DeleteAsync(int count)
    {
        var cancelled = TestContext.Current.CancellationToken;
        string name;
        await using (var before = await TestModule.StartAsync(servers, _type))
        {
            name = before.Name;
            before.KeepSchema();
            await using var insert = before.Database.CreateCommand($"""
                INSERT INTO {name}.inbox SELECT uuidv7('-20 days'), now() - interval '20 days' FROM generate_series(1, {count});
                INSERT INTO {name}.inbox SELECT uuidv7('-13 days'), now() - interval '13 days' FROM generate_series(1, 1000)
                """);
            insert.CommandTimeout = 300;
            await insert.ExecuteNonQueryAsync(cancelled);
        }

        // A process that starts with them, and whose statements may take a second.
        await using var module = await TestModule.RestartAsync($"{servers.Postgres};Command Timeout=1", servers, name, _type);
        for (var i = 0; i < 50; i++)
            await module.CommitAsync(_type, new StockReserved(Guid.NewGuid()), handOver: true);
        await Eventually.IsAsync(() => module.CountAsync("effects"), handled => handled == 50);
        await using var counting = NpgsqlDataSource.Create(servers.Postgres);
        await using var old = counting.CreateCommand($"SELECT count(*) FROM {name}.inbox WHERE received_at < now() - interval '14 days'");
        await Eventually.IsAsync(async () => (long)(await old.ExecuteScalarAsync(cancelled))!, left => left == 0, s_limit);
        await using var young = counting.CreateCommand($"SELECT count(*) FROM {name}.inbox");
        Assert.Equal(1050L, await young.ExecuteScalarAsync(cancelled));
        Assert.True(await module.IsReadyAsync(), (await module.HealthAsync()).Reasons);
    }
}
