using MsaAspire.Contracts;
using MsaAspire.Messaging;

namespace MsaAspire.Inventory;

/// <summary>What became of one order: <see cref="Rejection"/> is null when all of it is held.</summary>
internal sealed record Reservation(OrderSubmitted Order, StockRejected? Rejection);

/// <summary>The rules of holding stock: an order is held whole or not at all, and never more than there is.</summary>
internal static class Reservations
{
    /// <summary>Refuses an order that breaks its contract: one with a negative quantity would make stock.</summary>
    public static void Check(OrderSubmitted order)
    {
        if (order.Items.Count == 0 || order.Items.Any(l => l is null || l.Quantity is < 1 or > 1000)
            || order.Items.DistinctBy(l => l.ProductId).Count() != order.Items.Count)
        {
            throw new UnhandleableException($"order {order.OrderId} breaks its contract: each product once, 1 to 1000 of it");
        }
    }

    /// <summary>Decides the orders one after the other; each that is held takes its items off <paramref name="available"/>.</summary>
    public static Reservation Decide(OrderSubmitted order, Dictionary<int, int> available)
    {
        var unknown = order.Items.Where(l => !available.ContainsKey(l.ProductId)).Select(l => l.ProductId).ToList();
        if (unknown.Count > 0)
            return new(order, new(order.OrderId, StockRejected.UnknownProduct, unknown));
        var missing = order.Items.Where(l => available[l.ProductId] < l.Quantity).Select(l => l.ProductId).ToList();
        if (missing.Count > 0)
            return new(order, new(order.OrderId, StockRejected.OutOfStock, missing));
        foreach (var line in order.Items)
            available[line.ProductId] -= line.Quantity;
        return new(order, null);
    }
}
