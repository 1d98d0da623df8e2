using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Xunit;

namespace MsaAspire.Hosting.Processes.Tests;

/// <summary>An application with both servers.</summary>
public class RunningServers : IAsyncLifetime
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromMinutes(1);
    private HashSet<string> _runFoldersBefore = [];
    private BareServers? _servers;

    public string? Volume { get; init; }

    public BareServers Servers => _servers ?? throw new InvalidOperationException("The servers are not started.");

    public DistributedApplication Application => Servers.App;

    public ResourceNotificationService Notifications => Application.ResourceNotifications;

    /// <summary>Where this application's servers have their files.</summary>
    public string RunFolder => RunFolders.Of(Environment.ProcessId).Except(_runFoldersBefore).Single();

    public async ValueTask InitializeAsync()
    {
        _runFoldersBefore = [.. RunFolders.Of(Environment.ProcessId)];
        string[] volume = Volume is null ? [] : ["--volume", Volume];
        _servers = await BareServers.StartAsync(
            TestContext.Current.CancellationToken,
            ["--Parameters:postgres-password", "Kennwort1", "--Parameters:broker-password", "Kennwort1", "--management", "true", .. volume]);
    }

    public virtual async ValueTask DisposeAsync()
    {
        if (_servers is not null)
            await _servers.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>All lines of a server's log so far.</summary>
    public Task<IReadOnlyList<string>> LogOfAsync(string server) => Servers.LogOfAsync(server);

    public Task WaitUntilHealthyAsync(string resource, CancellationToken cancellationToken) => Servers.WaitUntilHealthyAsync([resource], cancellationToken);

    /// <summary>Executes a command that must succeed.</summary>
    public Task ExecuteAsync(string server, string command, CancellationToken cancellationToken) => Servers.CommandAsync(server, command, cancellationToken);

    public async Task<NpgsqlConnection> OpenDatabaseAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(await Application.GetConnectionStringAsync("orders", cancellationToken) + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    public async Task<IConnection> OpenBrokerAsync(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory { Uri = new Uri(Servers.RabbitMQ) };
        return await factory.CreateConnectionAsync(cancellationToken);
    }

    /// <summary>
    /// Waits until a server that was started again takes a connection. Not until it is healthy: Aspire keeps the result of the last check before
    /// the restart until the first one after it.
    /// </summary>
    public Task WaitUntilItAnswersAsync(string server, CancellationToken cancellationToken) => Eventually.IsAsync(async () =>
    {
        try
        {
            await using IAsyncDisposable connection = server == "broker" ? await OpenBrokerAsync(cancellationToken) : await OpenDatabaseAsync(cancellationToken);
            return "an answer";
        }
        catch (Exception e) when (e is NpgsqlException or BrokerUnreachableException)
        {
            return $"no connection to {server}: {e.Message}";
        }
    }, answer => answer == "an answer", AnswerLimit);
}

/// <summary>The same with its data on a volume; shared by the tests of a class.</summary>
public sealed class ServersOnVolume : RunningServers
{
    public ServersOnVolume() => Volume = Data.Name;

    internal TestVolume Data { get; } = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Data.Dispose();
    }
}
