using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MsaAspire.Data;
using Npgsql;
using Xunit;

namespace Messaging.Tests;

/// <summary>A service that starts where nobody has made its database.</summary>
public sealed class MissingDatabase(Servers servers)
{
    private const string Name = "fresh";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_created_once_by_the_replicas_that_start_together()
    {
        var connection = new NpgsqlConnectionStringBuilder(servers.Postgres) { Database = $"made by \"itself\" {Guid.NewGuid():N}" }.ConnectionString;
        using IHost first = Replica(connection), second = Replica(connection), third = Replica(connection);
        IHost[] replicas = [first, second, third];
        await Task.WhenAll(replicas.Select(r => r.StartAsync(Cancelled)));

        foreach (var replica in replicas)
            await replica.Services.GetRequiredKeyedService<Migrator>(Name).Completed.WaitAsync(s_limit, Cancelled);

        await using var command = first.Services.GetRequiredKeyedService<NpgsqlDataSource>(Name).CreateCommand("SELECT count(*) FROM fresh.migrations");
        Assert.Equal(1L, await command.ExecuteScalarAsync(Cancelled));
        await Task.WhenAll(replicas.Select(r => r.StopAsync(Cancelled)));
    }

    private static IHost Replica(string connection)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration[$"ConnectionStrings:{Name}"] = connection;
        builder.AddDatabase(Name, Name, typeof(MissingDatabase).Assembly);
        return builder.Build();
    }
}
