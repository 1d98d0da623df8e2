using System.Text;
using Npgsql;
using RabbitMQ.Client;

namespace MsaAspire.Hosting.Processes.Tests;

/// <summary>Writes to the servers and reads it back.</summary>
internal static class Data
{
    private static readonly Dictionary<string, object?> Quorum = new() { ["x-queue-type"] = "quorum" };

    public static async Task WriteRowAsync(this RunningServers servers, string name, CancellationToken cancellationToken)
    {
        await using var connection = await servers.OpenDatabaseAsync(cancellationToken);
        await using var command = new NpgsqlCommand("create table if not exists note (name text); insert into note values ($$" + name + "$$)", connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<bool> HasRowAsync(this RunningServers servers, string name, CancellationToken cancellationToken)
    {
        await using var connection = await servers.OpenDatabaseAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select exists (select from note where name = $1)", connection) { Parameters = { new() { Value = name } } };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public static async Task PublishAsync(this RunningServers servers, string queue, string message, CancellationToken cancellationToken)
    {
        await using var connection = await servers.OpenBrokerAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, Quorum, cancellationToken: cancellationToken);
        await channel.BasicPublishAsync("", queue, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(message), cancellationToken);
    }

    public static async Task<string?> ReceiveAsync(this RunningServers servers, string queue, CancellationToken cancellationToken)
    {
        await using var connection = await servers.OpenBrokerAsync(cancellationToken);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        var message = await channel.BasicGetAsync(queue, autoAck: true, cancellationToken);
        return message is null ? null : Encoding.UTF8.GetString(message.Body.Span);
    }
}
