using MsaAspire.Ordering;
using Xunit;

namespace Services.Tests;

public class SagaRules
{
    private static readonly Guid Id = Guid.NewGuid();

    [Theory]
    [InlineData("Submitted", "Reserved", "2 Reserved")]
    [InlineData("Submitted", "Rejected", "2 Rejected")]
    [InlineData("Reserved", "Confirmed", "3 Confirmed")]
    [InlineData("Reserved", "Cancelled", "3 Cancelled")]
    [InlineData("Submitted", "Cancelled", "2 Cancelled")]
    public void A_decision_moves_the_order_on(string status, string outcome, string expected) => Assert.Equal(expected, Apply(status, outcome));

    [Fact]
    public void An_order_is_not_confirmed_before_its_stock_is_reserved() => Assert.Null(Apply("Submitted", "Confirmed"));

    [Theory]
    [InlineData("Confirmed")]
    [InlineData("Rejected")]
    [InlineData("Cancelled")]
    public void A_final_status_stays(string final) =>
        Assert.All(["Reserved", "Rejected", "Confirmed", "Cancelled"], outcome => Assert.Null(Apply(final, outcome)));

    [Theory]
    [InlineData("Reserved")]
    [InlineData("Rejected")]
    public void A_reserved_order_is_neither_reserved_again_nor_rejected(string outcome) => Assert.Null(Apply("Reserved", outcome));

    [Fact]
    public void The_end_of_an_order_has_the_reason_and_its_code()
    {
        var change = Saga.Apply(new("Reserved", 2), new(Id, "Cancelled", "the card was declined", "card-declined"), DateTimeOffset.UtcNow);
        Assert.Equal(("the card was declined", "card-declined"), (change?.Reason, change?.ReasonCode));
    }

    private static string? Apply(string status, string outcome) =>
        Saga.Apply(new(status, status == "Submitted" ? 1 : 2), new(Id, outcome), DateTimeOffset.UtcNow) is { } change ? $"{change.Number} {change.Status}" : null;
}
