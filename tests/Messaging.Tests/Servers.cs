using Xunit;

[assembly: AssemblyFixture(typeof(Messaging.Tests.Servers))]

namespace Messaging.Tests;

/// <summary>One PostgreSQL and one RabbitMQ for all tests of this assembly; each test has its own schema and queue in them.</summary>
public sealed class Servers : IAsyncLifetime
{
    public string Postgres { get; private set; } = "";

    public string RabbitMQ { get; private set; } = "";

    public ValueTask InitializeAsync()
    {
        Postgres = Required("MSA_TEST_POSTGRES");
        RabbitMQ = Required("MSA_TEST_RABBITMQ");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Required(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"Set {name} to the connection string of a running server.");
}
