using Microsoft.Extensions.Diagnostics.HealthChecks;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Npgsql;
using Xunit;

namespace Messaging.Tests;

/// <summary>After a failure the database tells whose fault it is: where it takes no writes everything waits, else the message is retried and given up.</summary>
public class WhoseFault(Servers servers)
{
    private readonly EventType _type = new($"test.{Guid.NewGuid():N}", 1, ShopEvents.OrderConfirmed.Json);

    [Fact]
    public async Task A_rotated_password_dead_letters_nothing_and_everything_is_handled_once_it_is_valid_again()
    {
        await using var role = await TestRole.CreateAsync(servers);
        await using var module = await TestModule.StartAsync(role.ConnectionString, servers, _type);
        await role.ChangePasswordAsync();
        await PublishAsync(module, 20);
        await IsUnhealthyAsync(module, "28P01");

        await role.RestorePasswordAsync();
        await AllHandledAsync(module, role, 20);
    }

    [Fact]
    public async Task A_database_that_became_read_only_dead_letters_nothing_and_everything_is_handled_once_it_takes_writes()
    {
        await using var role = await TestRole.CreateAsync(servers);
        await using var module = await TestModule.StartAsync(role.ConnectionString, servers, _type);
        await role.MakeReadOnlyAsync();
        await PublishAsync(module, 20);
        await IsUnhealthyAsync(module, "25006");

        await role.MakeWritableAsync();
        await AllHandledAsync(module, role, 20);
    }

    [Fact]
    public async Task A_column_that_messaging_needs_is_waited_for()
    {
        await using var role = await TestRole.CreateAsync(servers);
        await using var module = await TestModule.StartAsync(role.ConnectionString, servers, _type);
        await role.ExecuteAsync($"ALTER TABLE {module.Name}.inbox RENAME message_id TO id; ALTER TABLE {module.Name}.outbox RENAME retries TO tries");
        await PublishAsync(module, 20);
        await IsUnhealthyAsync(module, "42703");

        await role.ExecuteAsync($"ALTER TABLE {module.Name}.inbox RENAME id TO message_id; ALTER TABLE {module.Name}.outbox RENAME tries TO retries");
        await AllHandledAsync(module, role, 20);
    }

    [Fact]
    public async Task A_column_that_a_handler_needs_is_the_message_s_matter_and_comes_back_before_its_retries_end()
    {
        await using var role = await TestRole.CreateAsync(servers);
        await using var module = await TestModule.StartAsync(role.ConnectionString, servers, _type, ("FirstRetryDelay", "00:00:01"));
        await role.ExecuteAsync($"ALTER TABLE {module.Name}.latest RENAME number TO num");
        await PublishAsync(module, 5);
        await Eventually.IsAsync(() => module.CountAsync("outbox"), count => count == 5);
        Assert.Equal(HealthStatus.Healthy, (await module.HealthAsync()).Status);

        await role.ExecuteAsync($"ALTER TABLE {module.Name}.latest RENAME num TO number");
        await AllHandledAsync(module, role, 5);
    }

    [Fact]
    public async Task A_row_that_is_locked_delays_its_own_message_alone_and_the_module_stays_healthy()
    {
        await using var role = await TestRole.CreateAsync(servers);
        await using var module = await TestModule.StartAsync($"{role.ConnectionString};Command Timeout=1", servers, _type, ("FirstRetryDelay", "00:00:02"));
        var locked = Guid.NewGuid();
        await PublishAsync(module, 1, locked);
        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 1);
        await using (var other = new NpgsqlConnection(servers.Postgres))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand($"SELECT 1 FROM {module.Name}.latest FOR UPDATE", other);
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            await PublishAsync(module, 1, locked);
            await PublishAsync(module, 10);
            await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 11);
            Assert.Equal(HealthStatus.Healthy, (await module.HealthAsync()).Status);
        }

        await AllHandledAsync(module, role, 12);
    }

    [Theory]
    [InlineData(typeof(TimeoutException))]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(NpgsqlException))]
    public async Task An_exception_of_the_handler_that_looks_like_the_database_s_is_the_handler_s(Type exception)
    {
        await using var module = await TestModule.StartAsync(servers, _type);
        Guid? bad = null;
        module.FailWith(e => e.Id == (bad ??= e.Id) ? (Exception)Activator.CreateInstance(exception)! : null);
        await PublishAsync(module, 20);
        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 19);
        Assert.Contains(exception.Name, await module.DeadLetterReasonAsync(), StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, (await module.HealthAsync()).Status);
    }

    [Fact]
    public async Task A_handler_whose_transaction_always_conflicts_is_given_up_and_holds_up_no_other_message()
    {
        await using var module = await TestModule.StartAsync(servers, _type);
        Guid? bad = null;
        module.FailWith(e => e.Id == (bad ??= e.Id) ? new PostgresException("deadlock detected", "ERROR", "ERROR", PostgresErrorCodes.DeadlockDetected) : null);
        await PublishAsync(module, 20);
        await Eventually.IsAsync(() => module.CountAsync("effects"), count => count == 19);
        Assert.Contains("deadlock", await module.DeadLetterReasonAsync(), StringComparison.Ordinal);
    }

    private async Task PublishAsync(TestModule module, int count, Guid? order = null)
    {
        for (var i = 0; i < count; i++)
        {
            var data = new OrderChanged(order ?? Guid.NewGuid(), i + 2, "Confirmed", DateTimeOffset.UtcNow, null);
            await module.PublishAsync(_type.Name, CloudEvent.Write(Guid.CreateVersion7(), "/test", _type, data));
        }
    }

    private static async Task IsUnhealthyAsync(TestModule module, string reason)
    {
        var (_, reasons) = await Eventually.IsAsync(
            module.HealthAsync, health => health.Status == HealthStatus.Unhealthy && health.Reasons.Contains("takes no writes", StringComparison.Ordinal));
        Assert.Contains(reason, reasons, StringComparison.Ordinal);
    }

    private static async Task AllHandledAsync(TestModule module, TestRole role, int count)
    {
        await Eventually.IsAsync(() => role.CountAsync($"{module.Name}.effects"), handled => handled == count);
        await Eventually.IsAsync(module.IsReadyAsync, ready => ready);
        await module.ReportAsync(0);
    }
}
