using System.Collections.Concurrent;
using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

/// <summary>An application with both servers; shared by the tests of a class.</summary>
public sealed class RunningServers : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _logs = new();
    private HashSet<string> _runFoldersBefore = [];
    private DistributedApplication? _application;

    public string? Volume { get; init; }

    public DistributedApplication Application => _application!;

    public ResourceNotificationService Notifications => Application.Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Where this application's servers have their files.</summary>
    public string RunFolder => Processes.RunFolders(Environment.ProcessId).Except(_runFoldersBefore).Single();

    public async ValueTask InitializeAsync()
    {
        _runFoldersBefore = [.. Processes.RunFolders(Environment.ProcessId)];
        string[] volume = Volume is null ? [] : ["--volume", Volume];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ServersAppHost>(
            ["--Parameters:postgres-password", "Kennwort1", "--Parameters:broker-password", "Kennwort1", "--management", "true", .. volume]);
        _application = await builder.BuildAsync();
        foreach (var name in new[] { "postgres", "broker" })
        {
            _ = CollectLogAsync(name);
        }

        using var deadline = new CancellationTokenSource(StartLimit);
        try
        {
            await Application.StartAsync(deadline.Token);
            await WaitUntilHealthyAsync("orders", deadline.Token);
            await WaitUntilHealthyAsync("broker", deadline.Token);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"The servers did not become healthy. Their last lines:\n{string.Join('\n', _logs.SelectMany(log => log.Value.TakeLast(15).Select(line => $"{log.Key}: {line}")))}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }
    }

    public IEnumerable<string> LogOf(string server) => _logs[server];

    public Task WaitUntilHealthyAsync(string resource, CancellationToken cancellationToken) => Notifications.WaitForResourceHealthyAsync(resource, cancellationToken);

    public async Task<string> ExecuteAsync(string server, string command, CancellationToken cancellationToken)
    {
        var result = await Application.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(server, command, cancellationToken);
        return result.Success ? "" : result.Message ?? "failed";
    }

    public async Task<NpgsqlConnection> OpenDatabaseAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(await Application.GetConnectionStringAsync("orders", cancellationToken) + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public async Task<IConnection> OpenBrokerAsync(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = new Uri((await Application.GetConnectionStringAsync("broker", cancellationToken))!) };
        return await factory.CreateConnectionAsync(cancellationToken);
    }

    /// <summary>
    /// Waits until a server that was started again takes a connection. Not until it is healthy: Aspire keeps the result of the last check before
    /// the restart until the first one after it.
    /// </summary>
    public async Task WaitUntilItAnswersAsync(string server, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await using IAsyncDisposable connection = server == "broker" ? await OpenBrokerAsync(cancellationToken) : await OpenDatabaseAsync(cancellationToken);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or BrokerUnreachableException && clock.Elapsed < AnswerLimit)
            {
                await Task.Delay(100, cancellationToken);
            }
            catch (Exception e) when (e is NpgsqlException or BrokerUnreachableException)
            {
                throw new TimeoutException($"'{server}' takes no connection {AnswerLimit.TotalSeconds:0} s after its start. Its last lines:\n{string.Join('\n', LogOf(server).TakeLast(15))}", e);
            }
        }
    }

    private async Task CollectLogAsync(string server)
    {
        var log = _logs.GetOrAdd(server, _ => []);
        await foreach (var lines in Application.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(server))
        {
            foreach (var line in lines)
            {
                log.Enqueue(line.Content);
            }
        }
    }
}
