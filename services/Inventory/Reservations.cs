using MsaAspire.Contracts;
using MsaAspire.Messaging;

namespace MsaAspire.Inventory;

/// <summary>The rules of reservation: an order is reserved completely or not at all, and never more than is available.</summary>
internal static class Reservations
{
    /// <summary>Rejects an order that violates its contract: a negative quantity would create stock.</summary>
    public static void Check(OrderSubmitted order)
    {
        if (order.Items.Count == 0 || order.Items.Any(l => l is null || l.Quantity is < 1 or > 1000)
            || order.Items.DistinctBy(l => l.ProductId).Count() != order.Items.Count)
        {
            throw new NonRetryableException($"order {order.OrderId} violates its contract: each product once, with a quantity of 1 to 1000");
        }
    }

    /// <summary>Decides an order; a reservation subtracts its items from <paramref name="available"/>.</summary>
    /// <returns>Null when all of it is reserved.</returns>
    public static StockRejected? Decide(OrderSubmitted order, Dictionary<int, int> available)
    {
        var unknown = order.Items.Where(l => !available.ContainsKey(l.ProductId)).Select(l => l.ProductId).ToList();
        if (unknown.Count > 0)
            return new(order.OrderId, StockRejected.UnknownProduct, unknown);
        var missing = order.Items.Where(l => available[l.ProductId] < l.Quantity).Select(l => l.ProductId).ToList();
        if (missing.Count > 0)
            return new(order.OrderId, StockRejected.OutOfStock, missing);
        foreach (var line in order.Items)
            available[line.ProductId] -= line.Quantity;
        return null;
    }
}
