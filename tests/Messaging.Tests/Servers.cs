using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(Messaging.Tests.Servers))]
// One test stops the broker from taking messages, another fills it.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Messaging.Tests;

/// <summary>One PostgreSQL and one RabbitMQ for all tests of this assembly; each test has its own schema and queue in them.</summary>
public sealed class Servers : IAsyncLifetime
{
    /// <summary>Long enough to fetch the servers' binaries on a bare machine.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(5);

    private DistributedApplication? _app;

    public string Postgres { get; private set; } = "";

    public string RabbitMQ { get; private set; } = "";

    /// <summary>The broker's process.</summary>
    public BrokerControl Broker => new(_app ?? throw new InvalidOperationException("The servers are not started."));

    public async ValueTask InitializeAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        timeout.CancelAfter(StartTimeout);
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ServersAppHost>(timeout.Token);
        _app = await builder.BuildAsync(timeout.Token);
        await _app.StartAsync(timeout.Token);
        await Task.WhenAll(
            _app.ResourceNotifications.WaitForResourceHealthyAsync("postgres", timeout.Token),
            _app.ResourceNotifications.WaitForResourceHealthyAsync("broker", timeout.Token));
        Postgres = await _app.GetConnectionStringAsync("postgres", timeout.Token) ?? "";
        RabbitMQ = await _app.GetConnectionStringAsync("broker", timeout.Token) ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }
}
