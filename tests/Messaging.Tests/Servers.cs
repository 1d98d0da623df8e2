using Xunit;

[assembly: AssemblyFixture(typeof(Messaging.Tests.Servers))]
// They wait more than they compute. Those that stop or empty the broker run alone.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.All, MaxThreads = 6)]

namespace Messaging.Tests;

/// <summary>One PostgreSQL and one RabbitMQ for all tests of this assembly; each test has its own schema and queue in them.</summary>
public sealed class Servers : IAsyncLifetime
{
    private BareServers? _servers;

    public string Postgres => Running.Postgres;

    public string RabbitMQ => Running.RabbitMQ;

    /// <summary>The broker's process.</summary>
    public BrokerControl Broker => new(Running);

    private BareServers Running => _servers ?? throw new InvalidOperationException("The servers are not started.");

    public async ValueTask InitializeAsync() => _servers = await BareServers.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_servers is not null)
            await _servers.DisposeAsync();
    }
}
