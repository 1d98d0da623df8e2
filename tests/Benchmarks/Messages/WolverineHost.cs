using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Wolverine;
using Wolverine.Postgresql;
using Wolverine.RabbitMQ;
using Wolverine.RDBMS;
using Wolverine.Runtime;

namespace Benchmarks.Messages;

/// <summary>Wolverine with the guarantees of services/Messaging: for the benchmark and for the sweep.</summary>
internal static class WolverineHost
{
    /// <summary>As long as our inbox keeps a row; Wolverine's own default is five minutes.</summary>
    private static readonly TimeSpan s_redeliveries = TimeSpan.FromDays(14);

    public static IHost Build(NpgsqlDataSource database, string broker, string schema, Action<WolverineOptions> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.UseWolverine(options =>
        {
            options.ApplicationAssembly = typeof(WolverineHost).Assembly;
            options.Discovery.DisableConventionalDiscovery();
            options.Services.AddSingleton(database);
            options.PersistMessagesWithPostgresql(database, schema);
            // One process owns the schema, and takes over at its start what an earlier one left.
            options.Durability.Mode = DurabilityMode.Solo;
            options.Durability.KeepAfterMessageHandling = s_redeliveries;
            options.UseRabbitMq(new Uri(broker)).AutoProvision().UseQuorumQueues().DisableSystemRequestReplyQueueDeclaration()
                // Both are off by default: the outbox row would be deleted when the message has been written to the socket.
                .ConfigureChannelCreation(channel => channel.PublisherConfirmationsEnabled = channel.PublisherConfirmationTrackingEnabled = true);
            configure(options);
        });
        return builder.Build();
    }

    /// <summary>A business row and its message in one transaction, which is sent after the commit.</summary>
    public static async Task WriteAsync(IWolverineRuntime runtime, NpgsqlDataSource database, EntryWritten message, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var insert = new NpgsqlCommand(EntryWritten.Insert, connection) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = message.Id } } };
        await insert.ExecuteNonQueryAsync(cancellation);
        var context = new MessageContext(runtime);
        await context.EnlistInOutboxAsync(new DatabaseEnvelopeTransaction((IMessageDatabase)runtime.Storage, transaction));
        await context.PublishAsync(message);
        await transaction.CommitAsync(cancellation);
        await context.FlushOutgoingMessagesAsync();
    }

    /// <summary>
    /// Marks the inbox row as handled in the handler's own transaction, so that the effect and the mark are committed together. Wolverine's
    /// middleware does that for Entity Framework and Marten; for a handler on Npgsql it would mark the row after the commit, in a statement of its own.
    /// </summary>
    public static Task MarkHandledAsync(IWolverineRuntime runtime, Envelope envelope, NpgsqlTransaction transaction, CancellationToken cancellation) =>
        ((IMessageDatabase)runtime.Storage).MarkIncomingEnvelopeAsHandledInTransactionAsync(
            transaction.Connection!, transaction, envelope, DateTimeOffset.UtcNow + s_redeliveries, cancellation);
}
