using System.Text;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using MsaAspire.Messaging;
using Npgsql;
using RabbitMQ.Client;
using Xunit;

namespace Messaging.Tests;

/// <summary>What tests do to a module from outside, and look at.</summary>
public static class TestModuleProbes
{
    public static async Task<bool> IsReadyAsync(this TestModule module) =>
        (await module.Health.CheckHealthAsync(TestContext.Current.CancellationToken)).Status == HealthStatus.Healthy;

    public static async Task<int> AttemptsAsync(this TestModule module)
    {
        await using var command = module.Database.CreateCommand($"SELECT coalesce(max(attempts), 0) FROM {module.Name}.outbox");
        return (int)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>Publishes straight to the shop's exchange.</summary>
    public static async Task PublishAsync(this TestModule module, string type, byte[] body)
    {
        await using var connection = await module.Broker.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), TestContext.Current.CancellationToken);
        await channel.BasicPublishAsync("shop.events", type, mandatory: true, body, TestContext.Current.CancellationToken);
    }

    /// <summary>The state of health as <c>/health</c> would tell it, with the reasons.</summary>
    public static async Task<(HealthStatus Status, string Reasons)> HealthAsync(this TestModule module)
    {
        var report = await module.Health.CheckHealthAsync(TestContext.Current.CancellationToken);
        return (report.Status, string.Join("; ", report.Entries.Values.Select(e => e.Description)));
    }

    /// <summary>Waits until so many dead letters are reported.</summary>
    internal static Task<DeadLetterReport> ReportAsync(this TestModule module, uint count) =>
        Eventually.IsAsync(() => module.DeadLetters.LookAsync(5, TestContext.Current.CancellationToken), report => report.Count == count);

    /// <summary>Takes one message off the module's dead-letter queue, waiting for it.</summary>
    public static async Task<string> DeadLetterReasonAsync(this TestModule module)
    {
        await using var connection = await module.Broker.CreateConnectionAsync(TestContext.Current.CancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: TestContext.Current.CancellationToken);
        var message = await Eventually.IsAsync(
            () => channel.BasicGetAsync($"{module.Name}.dead", autoAck: true, TestContext.Current.CancellationToken), m => m is not null);
        return Encoding.UTF8.GetString((byte[])message!.BasicProperties.Headers!["dead-letter-reason"]!);
    }

    /// <summary>Ends every session but the one that asks for it, as a restart of the server would.</summary>
    public static async Task KillDatabaseSessionsAsync(this TestModule module)
    {
        await using var connection = new NpgsqlConnection(module.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()", connection);
        command.Parameters.Add(new() { Value = module.Name });
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        NpgsqlConnection.ClearPool(connection);
    }
}
