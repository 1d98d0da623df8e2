using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using MsaAspire.Data;
using MsaAspire.Messaging;
using Npgsql;
using Xunit;

namespace Messaging.Tests;

/// <summary>A script that replaces older ones, on databases of each age: messaging's own.</summary>
public sealed class SquashedMigrations : IAsyncLifetime
{
    private const string Squashed = "001_messaging", Later = "002_suspect_returns";

    private static readonly string[] s_older = ["001_outbox_inbox", "002_retries", "003_handed_over", "004_dead_letters", "005_suspects"];

    private readonly string _schema = $"t{Guid.NewGuid():N}";
    private readonly NpgsqlDataSource _database;
    private readonly IHost _host;

    public SquashedMigrations(Servers servers)
    {
        _database = NpgsqlDataSource.Create(servers.Postgres);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration["ConnectionStrings:db"] = servers.Postgres;
        builder.AddDatabase("db", _schema, typeof(Outbox).Assembly);
        _host = builder.Build();
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_database_gets_the_one_script()
    {
        await _host.StartAsync(Cancelled);
        await MigratedAsync();

        Assert.Equal([Squashed, Later], await RecordedAsync());
        Assert.Equal(0L, await ScalarAsync($"SELECT count(*) FROM {_schema}.outbox"));
    }

    [Fact]
    public async Task A_database_with_all_older_scripts_has_it_already()
    {
        await RecordAsync(s_older);
        await ScalarAsync($"CREATE TABLE {_schema}.suspects (message_id uuid)");
        await _host.StartAsync(Cancelled);
        await MigratedAsync();

        Assert.Equal(s_older.Append(Later).Prepend(Squashed).Order(StringComparer.Ordinal), await RecordedAsync());
        Assert.Equal(DBNull.Value, await ScalarAsync($"SELECT to_regclass('{_schema}.outbox')::text"));
    }

    [Fact]
    public async Task A_database_with_some_of_them_is_left_alone_until_the_older_version_has_finished()
    {
        await RecordAsync(s_older[..^1]);
        await _host.StartAsync(Cancelled);
        var health = _host.Services.GetRequiredService<HealthCheckService>();
        await Eventually.IsAsync(
            async () => (await health.CheckHealthAsync(Cancelled)).Entries[$"{_schema} migrations"].Description,
            reason => reason?.Contains($"Start a version that still has {s_older[^1]}", StringComparison.Ordinal) == true);
        Assert.Equal(s_older[..^1], await RecordedAsync());

        await ScalarAsync($"CREATE TABLE {_schema}.suspects (message_id uuid)");
        await RecordAsync(s_older[^1]);
        await MigratedAsync();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        await ScalarAsync($"DROP SCHEMA IF EXISTS {_schema} CASCADE");
        await _database.DisposeAsync();
    }

    private Task MigratedAsync() =>
        _host.Services.GetRequiredKeyedService<Migrator>("db").Completed.WaitAsync(TimeSpan.FromSeconds(30), Cancelled);

    /// <summary>As an older version did that applied these scripts; here without what they make, except what a later script changes.</summary>
    private async Task RecordAsync(params string[] scripts) => await ScalarAsync($"""
        CREATE SCHEMA IF NOT EXISTS {_schema};
        CREATE TABLE IF NOT EXISTS {_schema}.migrations (name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
        INSERT INTO {_schema}.migrations (name) SELECT 'MsaAspire.Messaging/' || unnest('{"{" + string.Join(',', scripts) + "}"}'::text[])
        """);

    private async Task<string[]> RecordedAsync() =>
        (string[])(await ScalarAsync($"SELECT array_agg(split_part(name, '/', 2) ORDER BY name) FROM {_schema}.migrations"))!;

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        return await command.ExecuteScalarAsync(CancellationToken.None);
    }
}
