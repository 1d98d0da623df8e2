using Npgsql;
using Xunit;

namespace Messaging.Tests;

/// <summary>A role of the database that only one module uses, so that a test can take rights from it.</summary>
public sealed class TestRole : IAsyncDisposable
{
    private const string Password = "first";

    private readonly NpgsqlDataSource _superuser;
    private readonly string _name = $"r{Guid.NewGuid():N}";

    private TestRole(string postgres)
    {
        _superuser = NpgsqlDataSource.Create(postgres);
        ConnectionString = new NpgsqlConnectionStringBuilder(postgres) { Username = _name, Password = Password, Database = "postgres" }.ConnectionString;
    }

    public string ConnectionString { get; }

    public static async Task<TestRole> CreateAsync(Servers servers)
    {
        var role = new TestRole(servers.Postgres);
        await role.ExecuteAsync($"CREATE ROLE {role._name} LOGIN PASSWORD '{Password}'; GRANT CREATE ON DATABASE postgres TO {role._name}");
        return role;
    }

    public Task ChangePasswordAsync() => ChangeAsync("PASSWORD 'second'");

    public Task RestorePasswordAsync() => ChangeAsync($"PASSWORD '{Password}'");

    /// <summary>As after a failover to a server that is not the primary.</summary>
    public Task MakeReadOnlyAsync() => ChangeAsync("SET default_transaction_read_only = on");

    public Task MakeWritableAsync() => ChangeAsync("RESET default_transaction_read_only");

    /// <summary>As the superuser; one at a time, because PostgreSQL fails when two tests grant rights on one database at once.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var command = _superuser.CreateCommand($"SELECT pg_advisory_xact_lock(1); {sql}");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<long> CountAsync(string table)
    {
        await using var command = _superuser.CreateCommand($"SELECT count(*) FROM {table}");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync($"DROP OWNED BY {_name} CASCADE; DROP ROLE {_name}");
        await _superuser.DisposeAsync();
    }

    // Sessions keep what they started with.
    private Task ChangeAsync(string what) => ExecuteAsync(
        $"ALTER ROLE {_name} {what}; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{_name}'");
}
