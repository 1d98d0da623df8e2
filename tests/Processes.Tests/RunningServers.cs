using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using RabbitMQ.Client;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

/// <summary>An application with both servers; shared by the tests of a class.</summary>
public sealed class RunningServers : IAsyncLifetime
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _logs = new();
    private HashSet<string> _runFoldersBefore = [];
    private IDistributedApplicationTestingBuilder? _builder;
    private DistributedApplication? _application;

    public string? Volume { get; init; }

    public DistributedApplication Application => _application!;

    public ResourceNotificationService Notifications => Application.Services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Where this application's servers have their files.</summary>
    public string RunFolder => Processes.RunFolders(Environment.ProcessId).Except(_runFoldersBefore).Single();

    public async ValueTask InitializeAsync()
    {
        _runFoldersBefore = [.. Processes.RunFolders(Environment.ProcessId)];
        var builder = _builder = DistributedApplicationTestingBuilder.Create();
        builder.Configuration["Parameters:secret"] = "Kennwort1";
        var password = builder.AddParameter("secret", secret: true);
        var postgres = builder.AddPostgres("postgres", password: password).RunAsProcess();
        postgres.AddDatabase("orders");
        var messaging = builder.AddRabbitMQ("messaging", password: password).RunAsProcess().WithManagementPlugin();
        if (Volume is not null)
        {
            postgres.WithDataVolume(Volume + "-postgres");
            messaging.WithDataVolume(Volume + "-messaging");
        }

        _application = await builder.BuildAsync();
        foreach (var name in new[] { "postgres", "messaging" })
        {
            _ = CollectLogAsync(name);
        }

        using var deadline = new CancellationTokenSource(StartLimit);
        try
        {
            await Application.StartAsync(deadline.Token);
            await WaitUntilHealthyAsync("orders", deadline.Token);
            await WaitUntilHealthyAsync("messaging", deadline.Token);
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

        _builder?.Dispose();
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
        var factory = new ConnectionFactory { Uri = new Uri((await Application.GetConnectionStringAsync("messaging", cancellationToken))!) };
        return await factory.CreateConnectionAsync(cancellationToken);
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
