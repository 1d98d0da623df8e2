using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Npgsql;
using RabbitMQ.Client;
using Xunit;

namespace Messaging.Tests;

/// <summary>A running module of its own schema and queue.</summary>
public sealed class TestModule : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly Recorder _recorder;

    private TestModule(IHost host, Recorder recorder, string name, string connectionString) =>
        (_host, _recorder, Name, ConnectionString) = (host, recorder, name, connectionString);

    public string Name { get; }

    public string ConnectionString { get; }

    public ConcurrentQueue<ReceivedEvent> Seen => _recorder.Seen;

    public NpgsqlDataSource Database => _host.Services.GetRequiredKeyedService<NpgsqlDataSource>("db");

    public IConnectionFactory Broker => _host.Services.GetRequiredService<IConnectionFactory>();

    public HealthCheckService Health => _host.Services.GetRequiredService<HealthCheckService>();

    internal IDeadLetterQueue DeadLetters => _host.Services.GetRequiredKeyedService<IDeadLetterQueue>(Name);

    /// <summary>Starts a module that gets <paramref name="consumes"/>, and waits until it is ready.</summary>
    /// <param name="servers">Where it runs.</param>
    /// <param name="consumes">What it gets.</param>
    /// <param name="settings">Of the section <c>Messaging</c>. Retries are few and fast by default.</param>
    public static async Task<TestModule> StartAsync(Servers servers, EventType consumes, params (string Name, string Value)[] settings)
    {
        var name = $"t{Guid.NewGuid():N}";
        var recorder = new Recorder(name);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:db"] = $"{servers.Postgres};Application Name={name}",
            ["ConnectionStrings:broker"] = servers.RabbitMQ,
            ["Messaging:FirstRetryDelay"] = "00:00:00.05",
            ["Messaging:MaxRetries"] = "2",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Messaging:{s.Name}", (string?)s.Value)));
        builder.Logging.AddProvider(new TestLog());
        builder.Services.AddSingleton(recorder);
        builder.AddMessaging<Recorder>(name, "db", "broker", consumes);
        var module = new TestModule(builder.Build(), recorder, name, servers.Postgres);
        recorder.Database = module.Database;
        await module._host.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.IsAsync(module.IsReadyAsync, ready => ready);
        return module;
    }

    /// <summary>Lets the handler throw what <paramref name="fault"/> returns for an event.</summary>
    public void FailWith(Func<ReceivedEvent, Exception?> fault) => _recorder.Fault = fault;

    /// <summary>Commits an event to the module's outbox. Unless it is handed to the relay, it is as if another process did so and died then.</summary>
    public async Task<Guid> CommitAsync(EventType type, object data, string? traceParent = null, bool handOver = false)
    {
        var message = OutboxMessage.Create(Name, type, data, traceParent);
        await using var batch = Database.CreateBatch();
        batch.BatchCommands.Add(OutboxMessage.Insert(Name, [message]));
        await batch.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        if (handOver)
            _host.Services.GetRequiredKeyedService<Outbox>(Name).Committed(message);
        return message.Id;
    }

    public async Task<long> CountAsync(string table, string what = "count(*)")
    {
        await using var command = Database.CreateCommand($"SELECT {what} FROM {Name}.{table}");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        await using (var connection = await Broker.CreateConnectionAsync())
        await using (var channel = await connection.CreateChannelAsync())
        {
            await channel.QueueDeleteAsync(Name);
            await channel.QueueDeleteAsync($"{Name}.dead");
        }

        await using (var drop = Database.CreateCommand($"DROP SCHEMA IF EXISTS {Name} CASCADE"))
            await drop.ExecuteNonQueryAsync();
        _host.Dispose();
    }
}
