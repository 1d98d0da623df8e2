using MsaAspire.Messaging;
using MsaAspire.ServiceDefaults;
using Npgsql;

namespace MsaAspire.Ordering;

/// <summary>Cancels orders that did not finish in time, so that their stock is released. Configuration key <c>Ordering:Deadline</c>, 5 minutes unless given.</summary>
internal sealed class OrderDeadline(
    [FromKeyedServices(OrderingModule.Database)] NpgsqlDataSource database,
    [FromKeyedServices(OrderingModule.Name)] Outbox outbox,
    [FromKeyedServices(OrderingModule.Database)] Migrator migrator,
    IConfiguration configuration,
    ILogger<OrderDeadline> logger) : BackgroundService
{
    private const int AtOnce = 100;

    private const string Overdue = """
        SELECT id, status, jsonb_array_length(history) FROM ordering.orders
        WHERE created_at >= $1 AND created_at < $2 AND status IN ('Submitted', 'Reserved')
        ORDER BY created_at LIMIT $3 FOR UPDATE SKIP LOCKED
        """;

    /// <summary>How long an order may be committed or unlocked after others of its age were checked.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    private readonly TimeSpan _deadline = configuration.GetValue("Ordering:Deadline", TimeSpan.FromMinutes(5));
    private DateTime _endedUntil = DateTime.UnixEpoch;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await migrator.Completed.WaitAsync(stoppingToken);
        var interval = _deadline / 4;
        using var timer = new PeriodicTimer(interval < TimeSpan.FromSeconds(5) ? interval : TimeSpan.FromSeconds(5));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await CancelAsync(DateTime.UtcNow - _deadline, stoppingToken) == AtOnce)
                    stoppingToken.ThrowIfCancellationRequested();
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested && e is NpgsqlException or TimeoutException or IOException)
            {
                logger.LogWarning("Ordering cannot check for orders past their deadline: {Reason}", e.Message);
            }
        }
    }

    private async Task<int> CancelAsync(DateTime before, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var moves = new List<OrderMove>();
        await using (var overdue = new NpgsqlCommand(Overdue, connection) { Parameters = { new() { Value = _endedUntil }, new() { Value = before }, new() { Value = AtOnce } } })
        await using (var reader = await overdue.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                var id = reader.GetGuid(0);
                moves.Add(new([new(id, reader.GetInt32(2) + 1, OrderStatus.Cancelled, DateTimeOffset.UtcNow, $"not finished within {_deadline.TotalSeconds:0} s")], null));
                logger.LogWarning("Order {Order} is cancelled: still {Status} after {Deadline}", id, reader.GetString(1), _deadline);
            }
        }

        await OrderMove.CommitAsync(connection, moves, outbox, cancellation);
        if (moves.Count < AtOnce)
            _endedUntil = before - Margin;
        return moves.Count;
    }
}
