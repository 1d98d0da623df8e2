using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using MsaAspire.Messaging.InProcess;
using Npgsql;
using RabbitMQ.Client;
using Xunit;

namespace Messaging.Tests;

/// <summary>A running module of its own schema and queue.</summary>
public sealed class TestModule : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly Recorder _recorder;

    private readonly bool _inProcess;
    private bool _keepsSchema;

    private TestModule(IHost host, Recorder recorder, string name, string connectionString, bool inProcess) =>
        (_host, _recorder, Name, ConnectionString, _inProcess) = (host, recorder, name, connectionString, inProcess);

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
    public static Task<TestModule> StartAsync(Servers servers, EventType consumes, params (string Name, string Value)[] settings) =>
        StartReadyAsync(servers.Postgres, servers, consumes, settings);

    /// <summary>As the other, on a database with this connection string.</summary>
    public static Task<TestModule> StartAsync(string postgres, Servers servers, EventType consumes, params (string Name, string Value)[] settings) =>
        StartReadyAsync(postgres, servers, consumes, settings);

    /// <summary>Starts a module on the schema of one that was stopped.</summary>
    public static Task<TestModule> RestartAsync(string postgres, Servers servers, string name, EventType consumes) =>
        StartReadyAsync(postgres, servers, consumes, [], name);

    /// <summary>Starts a module that shares its process with those whose events it gets: here with itself alone.</summary>
    /// <param name="servers">Where its database is.</param>
    /// <param name="consumes">What it gets.</param>
    /// <param name="broker">The broker's connection string; it is not waited for.</param>
    /// <param name="outside">What other processes hear of.</param>
    public static async Task<TestModule> StartInProcessAsync(Servers servers, EventType consumes, string broker, params EventType[] outside)
    {
        var module = await StartAsync(servers.Postgres, broker, consumes, [], builder => builder.AddInProcessMessaging("broker", outside));
        await Eventually.IsAsync(module.HealthAsync, health => health.Status != HealthStatus.Unhealthy);
        return module;
    }

    private static async Task<TestModule> StartReadyAsync(
        string postgres, Servers servers, EventType consumes, (string Name, string Value)[] settings, string? name = null)
    {
        var module = await StartAsync(postgres, servers.RabbitMQ, consumes, settings, _ => { }, name);
        await Eventually.IsAsync(module.IsReadyAsync, ready => ready);
        return module;
    }

    private static async Task<TestModule> StartAsync(
        string postgres, string broker, EventType consumes, (string Name, string Value)[] settings, Action<IHostApplicationBuilder> prepare, string? name = null)
    {
        name ??= $"t{Guid.NewGuid():N}";
        var recorder = new Recorder(name);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:db"] = $"{postgres};Application Name={name}",
            ["ConnectionStrings:broker"] = broker,
            ["Messaging:FirstRetryDelay"] = "00:00:00.05",
            ["Messaging:MaxRetries"] = "2",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create($"Messaging:{s.Name}", (string?)s.Value)));
        builder.Logging.AddProvider(new TestLog());
        builder.Services.AddSingleton(recorder);
        prepare(builder);
        builder.AddMessaging(name, "db", "broker", typeof(Recorder).Assembly).HandleBatches<Recorder.Handler>(consumes);
        var module = new TestModule(builder.Build(), recorder, name, postgres, builder.IsInProcess());
        await module._host.StartAsync(TestContext.Current.CancellationToken);
        return module;
    }

    /// <summary>Lets the handler throw what <paramref name="fault"/> returns for an event.</summary>
    public void FailWith(Func<ReceivedEvent, Exception?> fault) => _recorder.Fault = fault;

    /// <summary>Commits an event to the module's outbox. Unless it is handed to the relay, it is as if another process did so and died then.</summary>
    public async Task<Guid> CommitAsync(EventType type, object data, string? traceParent = null, bool handOver = false)
    {
        var message = OutboxMessage.Create(Name, type, data, traceParent);
        await InsertAsync(message);
        if (handOver)
            _host.Services.GetRequiredKeyedService<Outbox>(Name).Committed(message);
        return message.Id;
    }

    /// <summary>Commits an event to the module's outbox and hands it to nobody.</summary>
    public async Task InsertAsync(OutboxMessage message)
    {
        await using var batch = Database.CreateBatch();
        batch.BatchCommands.Add(OutboxMessage.Insert(Name, [message]));
        await batch.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async Task<long> CountAsync(string table, string what = "count(*)")
    {
        await using var command = Database.CreateCommand($"SELECT {what} FROM {Name}.{table}");
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Leaves the schema to the next module of this name.</summary>
    public void KeepSchema() => _keepsSchema = true;

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        if (!_inProcess)
        {
            await using var connection = await Broker.CreateConnectionAsync();
            await using var channel = await connection.CreateChannelAsync();
            await channel.QueueDeleteAsync(Name);
            await channel.QueueDeleteAsync($"{Name}.dead");
        }

        if (_keepsSchema)
        {
            _host.Dispose();
            return;
        }

        await using (var drop = Database.CreateCommand($"DROP SCHEMA IF EXISTS {Name} CASCADE"))
            await drop.ExecuteNonQueryAsync();
        _host.Dispose();
    }
}
