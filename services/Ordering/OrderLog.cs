using MsaAspire.Contracts;

namespace MsaAspire.Ordering;

/// <summary>Logs an order's statuses by its id: never who ordered or how it is paid.</summary>
internal static partial class OrderLog
{
    public static void OrderIs(this ILogger logger, OrderChanged change)
    {
        if (change.Reason is { } reason)
            logger.OrderIsBecauseOf(change.OrderId, change.Status, reason);
        else
            logger.OrderIs(change.OrderId, change.Status);
    }

    [LoggerMessage(1, LogLevel.Information, "Order {Order} is {Status}")]
    public static partial void OrderIs(this ILogger logger, Guid order, string status);

    [LoggerMessage(2, LogLevel.Information, "Order {Order} is {Status}: {Reason}")]
    private static partial void OrderIsBecauseOf(this ILogger logger, Guid order, string status, string reason);
}
