using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using System.Net;
using Xunit;

namespace Cluster.Tests.Engine;

/// <summary>A PostgreSQL and a RabbitMQ as processes of this machine.</summary>
internal sealed class NativeServers : IAsyncDisposable
{
    /// <summary>Long enough to fetch the servers' binaries on a bare machine.</summary>
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    private readonly DistributedApplication _app;

    private NativeServers(DistributedApplication app) => _app = app;

    /// <summary>The passwords are of the test's making.</summary>
    public static async Task<NativeServers> StartAsync(string postgresPassword, string brokerPassword)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(s_limit);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ServersAppHost>(
            ["--Parameters:postgres-password", postgresPassword, "--Parameters:broker-password", brokerPassword], limit.Token);
        var app = await builder.BuildAsync(limit.Token);
        await app.StartAsync(limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("postgres", limit.Token);
        await app.ResourceNotifications.WaitForResourceHealthyAsync("broker", limit.Token);
        return new(app);
    }

    /// <summary>Where a server listens.</summary>
    public IPEndPoint AddressOf(string server) => new(IPAddress.Loopback, _app.GetEndpoint(server, "tcp").Port);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
