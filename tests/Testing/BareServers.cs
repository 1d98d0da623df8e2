using System.Net;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MsaAspire.Testing;

/// <summary>A PostgreSQL and a RabbitMQ with nothing in them, as tests/ServersAppHost starts them.</summary>
public sealed class BareServers : RunningApplication
{
    private BareServers(DistributedApplication app) : base(app)
    {
    }

    /// <summary>The connection string of the PostgreSQL server.</summary>
    public string Postgres { get; private set; } = "";

    /// <summary>The connection string of the broker.</summary>
    public string RabbitMQ { get; private set; } = "";

    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="arguments">Of tests/ServersAppHost, in addition to Aspire's own.</param>
    public static async Task<BareServers> StartAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var servers = await StartAsync<Projects.ServersAppHost, BareServers>(arguments, dashboard: false, app => new(app), cancellationToken);
        servers.Postgres = await servers.App.GetConnectionStringAsync("postgres", cancellationToken) ?? "";
        servers.RabbitMQ = await servers.App.GetConnectionStringAsync("broker", cancellationToken) ?? "";
        return servers;
    }

    /// <summary>Where a server listens.</summary>
    public IPEndPoint AddressOf(string server) => new(IPAddress.Loopback, App.GetEndpoint(server, "tcp").Port);

    /// <summary>All lines of the log of a server's process so far.</summary>
    public Task<IReadOnlyList<string>> LogOfAsync(string server) =>
        LinesOfAsync(App.Services.GetRequiredService<ResourceLoggerService>(), Instances($"{server}-process").Single().ResourceId);
}
