using System.Text;
using MsaAspire.Contracts;
using MsaAspire.Messaging;
using Xunit;

namespace Messaging.Tests;

public class CloudEventRules
{
    private static readonly Dictionary<string, ReadableEvent> Known = ShopEvents.All.ToDictionary(t => t.DataSchema, t => new ReadableEvent(t, t, data => data));
    private static readonly PaymentRequested Data = new(Guid.NewGuid(), "tok_ok", 12.30m, "EUR");

    [Fact]
    public void What_is_written_is_read_back()
    {
        var id = Guid.CreateVersion7();
        var (readId, type, data) = CloudEvent.Read(CloudEvent.Write(id, "/ordering", ShopEvents.PaymentRequested, Data), Known);
        Assert.Equal((id, ShopEvents.PaymentRequested, Data), (readId, type, (PaymentRequested)data));
    }

    [Theory]
    [InlineData("", "malformed")]
    [InlineData("not json", "malformed")]
    [InlineData("[]", "CloudEvents")]
    [InlineData("42", "CloudEvents")]
    [InlineData("""{"specversion":"2.0"}""", "CloudEvents")]
    [InlineData("""{"specversion":"1.0","id":"7"}""", "id")]
    [InlineData("""{"specversion":"1.0","id":7}""", "malformed")]
    [InlineData("""{"specversion":"1.0","id":"01a204ea-ceb9-7008-9e2a-a59dba13b712","type":"order.eaten"}""", "order.eaten")]
    public void What_is_no_event_of_ours_cannot_be_handled_and_says_why(string body, string reason) =>
        Assert.Contains(reason, Assert.Throws<NonRetryableException>(() => Read(body)).Message, StringComparison.OrdinalIgnoreCase);

    [Theory]
    [InlineData(":v1\"", ":v2\"", "of the version")]
    [InlineData("\"orderId\":", "\"order\":", "malformed")]
    [InlineData("\"tok_ok\"", "null", "malformed")]
    [InlineData("12.30", "\"much\"", "malformed")]
    [InlineData("\"data\":", "\"date\":", "without data")]
    public void An_event_of_another_version_or_shape_cannot_be_handled(string part, string instead, string reason)
    {
        var body = Encoding.UTF8.GetString(CloudEvent.Write(Guid.NewGuid(), "/ordering", ShopEvents.PaymentRequested, Data));
        Assert.Contains(part, body, StringComparison.Ordinal);
        var thrown = Assert.Throws<NonRetryableException>(() => Read(body.Replace(part, instead, StringComparison.Ordinal)));
        Assert.Contains(reason, thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_cut_of_an_event_is_malformed()
    {
        var body = CloudEvent.Write(Guid.NewGuid(), "/ordering", ShopEvents.PaymentRequested, Data);
        for (var length = 0; length < body.Length; length++)
            Assert.Throws<NonRetryableException>(() => CloudEvent.Read(body.AsMemory(0, length), Known));
    }

    private static void Read(string body) => CloudEvent.Read(Encoding.UTF8.GetBytes(body), Known);
}
