using MsaAspire.Contracts;
using MsaAspire.Data;
using MsaAspire.Messaging;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Ordering;

/// <summary>How long an order may take. Configuration key <c>Ordering:Deadline</c>, 5 minutes unless given.</summary>
internal sealed record OrderTimeout(TimeSpan Value);

/// <summary>Cancels orders that did not finish in time, so that their stock is released.</summary>
internal sealed class OrderDeadline(
    [FromKeyedServices(OrderingModule.Name)] Outbox outbox,
    [FromKeyedServices(OrderingModule.Database)] Migrator migrator,
    OrderTimeout timeout,
    ILogger<OrderDeadline> logger) : BackgroundLoop("ordering deadline", logger)
{
    private const int AtOnce = 100;

    private const string Overdue = """
        SELECT o.id, o.status, jsonb_array_length(o.history) FROM ordering.open_orders d JOIN ordering.orders o ON o.id = d.order_id
        WHERE d.due_at <= now() ORDER BY d.order_id LIMIT $1 FOR UPDATE SKIP LOCKED
        """;

    protected override async Task RunAsync(CancellationToken stopping)
    {
        await migrator.Completed.WaitAsync(stopping);
        var interval = timeout.Value / 4;
        using var timer = new PeriodicTimer(interval < TimeSpan.FromSeconds(5) ? interval : TimeSpan.FromSeconds(5));
        while (await timer.WaitForNextTickAsync(stopping))
        {
            while (await CancelAsync(stopping) == AtOnce)
                stopping.ThrowIfCancellationRequested();
            Running();
        }
    }

    private async Task<int> CancelAsync(CancellationToken cancellation)
    {
        var count = 0;
        await outbox.CommitAsync(
            async work =>
            {
                var overdue = await ReadAsync(work.Connection, cancellation);
                OrderTransition.Add(work, overdue);
                count = overdue.Count;
            },
            cancellation);
        return count;
    }

    private async Task<List<OrderTransition>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(Overdue, connection) { Parameters = { new() { Value = AtOnce } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var overdue = new List<OrderTransition>();
        while (await reader.ReadAsync(cancellation))
        {
            var decision = new Decision(reader.GetGuid(0), OrderStatus.Cancelled, $"not finished within {timeout.Value.TotalSeconds:0} s", ReasonCodes.TimedOut);
            if (Saga.Apply(new(reader.GetString(1), reader.GetInt32(2)), decision, DateTimeOffset.UtcNow) is not { } change)
                continue;
            overdue.Add(new(change, Cause: null, Payment: null));
            logger.LogWarning("Order {Order} is cancelled: still {Status} after {Deadline}", decision.OrderId, reader.GetString(1), timeout.Value);
        }

        return overdue;
    }
}
