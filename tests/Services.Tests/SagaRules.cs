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
    public void A_decision_moves_the_order_on(string status, string outcome, string expected) => Assert.Equal([expected], Apply(status, outcome));

    [Theory]
    [InlineData("Confirmed")]
    [InlineData("Cancelled")]
    public void What_payment_decides_implies_the_reservation_that_ordering_has_not_heard_of(string outcome) =>
        Assert.Equal(["2 Reserved", $"3 {outcome}"], Apply("Submitted", outcome));

    [Theory]
    [InlineData("Confirmed")]
    [InlineData("Rejected")]
    [InlineData("Cancelled")]
    public void A_final_status_stays(string final) =>
        Assert.All(["Reserved", "Rejected", "Confirmed", "Cancelled"], outcome => Assert.Empty(Apply(final, outcome)));

    [Theory]
    [InlineData("Reserved")]
    [InlineData("Rejected")]
    public void A_reserved_order_is_neither_reserved_again_nor_rejected(string outcome) => Assert.Empty(Apply("Reserved", outcome));

    [Fact]
    public void Only_the_end_of_an_order_has_a_reason() => Assert.Equal(
        [null, "the card was declined"],
        Saga.Apply(new("Submitted", 1), new(Id, "Cancelled", "the card was declined"), DateTimeOffset.UtcNow).Select(c => c.Reason));

    private static IEnumerable<string> Apply(string status, string outcome) =>
        Saga.Apply(new(status, status == "Submitted" ? 1 : 2), new(Id, outcome), DateTimeOffset.UtcNow).Select(c => $"{c.Number} {c.Status}");
}
