using Microsoft.Extensions.DependencyInjection;
using MsaAspire.Messaging;
using Npgsql;

namespace Benchmarks.Messages;

/// <summary>Handles a message by its inbox row alone, and tells how many were new.</summary>
internal sealed class Ledger([FromKeyedServices(Ledger.Database)] NpgsqlDataSource database) : IEventHandler
{
    public const string Module = "ledger", Database = "db", Broker = "broker";

    public Action<int>? Handled { get; set; }

    public async Task<int> HandleAsync(IReadOnlyList<ReceivedEvent> events, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"INSERT INTO {Module}.inbox (message_id) SELECT unnest($1) ON CONFLICT DO NOTHING");
        command.Parameters.Add(new() { Value = events.Select(e => e.Id).ToArray() });
        var fresh = await command.ExecuteNonQueryAsync(cancellation);
        Handled?.Invoke(fresh);
        return fresh;
    }
}
