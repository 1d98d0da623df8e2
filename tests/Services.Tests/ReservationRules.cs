using MsaAspire.Contracts;
using MsaAspire.Inventory;
using MsaAspire.Messaging;
using Xunit;

namespace Services.Tests;

public class ReservationRules
{
    private readonly Dictionary<int, int> _available = new() { [1] = 10, [2] = 3, [3] = 0 };

    [Fact]
    public void An_order_that_is_all_there_is_held_and_taken_off()
    {
        Assert.Null(Reservations.Decide(Order((1, 10), (2, 1)), _available));
        Assert.Equal([0, 2, 0], _available.Values);
    }

    [Fact]
    public void One_missing_product_rejects_the_whole_order_and_takes_nothing()
    {
        var rejection = Reservations.Decide(Order((1, 5), (2, 4), (3, 1)), _available);
        Assert.Equal(StockRejected.OutOfStock, rejection!.Reason);
        Assert.Equal([2, 3], rejection.ProductIds);
        Assert.Equal([10, 3, 0], _available.Values);
    }

    [Fact]
    public void An_unknown_product_rejects_with_its_own_reason()
    {
        var rejection = Reservations.Decide(Order((1, 1), (99, 1)), _available);
        Assert.Equal(StockRejected.UnknownProduct, rejection!.Reason);
        Assert.Equal([99], rejection.ProductIds);
    }

    [Fact]
    public void Orders_of_one_batch_do_not_get_the_same_piece()
    {
        Assert.Null(Reservations.Decide(Order((2, 2)), _available));
        Assert.NotNull(Reservations.Decide(Order((2, 2)), _available));
        Assert.Null(Reservations.Decide(Order((2, 1)), _available));
        Assert.Equal(0, _available[2]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1001)]
    public void A_quantity_out_of_range_cannot_be_handled(int quantity) =>
        Assert.Throws<NonRetryableException>(() => Reservations.Check(Order((1, quantity))));

    [Fact]
    public void A_product_named_twice_or_no_product_cannot_be_handled()
    {
        Assert.Throws<NonRetryableException>(() => Reservations.Check(Order((1, 1), (1, 1))));
        Assert.Throws<NonRetryableException>(() => Reservations.Check(Order()));
    }

    private static OrderSubmitted Order(params (int Product, int Quantity)[] lines) => new(
        Guid.NewGuid(), [.. lines.Select(l => new OrderLine(l.Product, l.Quantity))]);
}
