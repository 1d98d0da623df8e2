using System.Text.Json.Nodes;
using MsaAspire.Aspirate;
using MsaAspire.Aspirate.Settings;
using Xunit;

namespace Aspirate.Tests;

public sealed class OutsideRules
{
    [Theory]
    [InlineData("https://billing.example.org/v1", "443")]
    [InlineData("http://billing.example.org", "80")]
    [InlineData("https://billing.example.org:8443", "8443")]
    [InlineData("HTTPS://Billing.Example.Org", "443")]
    [InlineData("amqps://user:pass@mq.example.org:5671/x", "5671")]
    [InlineData("https://10.1.2.3", "443")]
    [InlineData("see http://a.example and https://b.example:9000,c", "80 9000")]
    [InlineData("wss://a.example", "443")]
    [InlineData("nats://nats.example.com", "4222")]
    [InlineData("postgresql://app@db.example.com:6432/app", "6432")]
    [InlineData("postgresql://app@db.example.com/app", "5432")]
    [InlineData("ldaps://ldap.example.com", "636")]
    [InlineData("smtp://mail.example.com", "25")]
    [InlineData("amqp://mq.example.org", "5672")]
    [InlineData("grpc://ledger.example.com:50051", "50051")]
    [InlineData("http://[2001:db8::7]:9090", "9090")]
    [InlineData("kafka1.example.com:9092,kafka2.example.com:9093", "9092 9093")]
    [InlineData("Host=db.example.com;Username=app;Port=6432;Database=app", "6432")]
    [InlineData("Server=tcp:sql.example.com,1433;Database=app", "1433")]
    // Of this cluster or this pod, or no address.
    [InlineData("http://[::1]:9090", "")]
    [InlineData("version 1.2:34", "")]
    [InlineData("Host=postgres;Port=5432", "")]
    [InlineData("http://catalog:8080", "")]
    [InlineData("http://localhost:8080", "")]
    [InlineData("http://127.0.0.1:8080", "")]
    [InlineData("a.example.org", "")]
    [InlineData("https://billing.example.org:99999", "")]
    [InlineData("", "")]
    public void An_address_in_the_environment_opens_its_port_to_everywhere(string text, string ports) =>
        Assert.Equal(Everywhere(ports),
        Calls(new JsonObject { ["type"] = "container.v0", ["image"] = "x", ["env"] = new JsonObject { ["A"] = text } }.ToJsonString()));

    [Theory]
    [InlineData("Data Source=LEGACY", "0.0.0.0/0 all, ::/0 all")]
    [InlineData("Host=db.example.com;Port=6432;Database=app", "0.0.0.0/0 6432, ::/0 6432")]
    [InlineData("redis.example.com:6380,ssl=true", "0.0.0.0/0 6380, ::/0 6380")]
    public void A_connection_string_from_outside_leads_to_its_port_or_anywhere_if_it_names_none(string value, string calls) => Assert.Equal(
        calls,
        string.Join(", ", Calls(
            """{ "type": "container.v0", "image": "x", "env": { "A": "{legacy.connectionString}" } }""", null,
            $$"""
            "legacy": {
              "type": "parameter.v0", "connectionString": "{legacy.value}", "value": "{legacy.inputs.value}",
              "inputs": { "value": { "type": "string", "default": { "value": "{{value}}" } } }
            }
            """)));

    [Theory]
    [InlineData("10.1.0.0/16", "10.1.0.0/16 all")]
    [InlineData("10.1.2.3/16", "10.1.0.0/16 all")]
    [InlineData("10.1.0.0/16:5432", "10.1.0.0/16 5432")]
    [InlineData("2001:db8::/32", "2001:db8::/32 all")]
    [InlineData("[2001:db8::/32]:443", "2001:db8::/32 443")]
    [InlineData("0.0.0.0/0:443", "0.0.0.0/0 443")]
    public void The_setting_is_exact_and_has_the_last_word(string egress, string expected) => Assert.Equal(
        [expected], Calls("""{ "type": "container.v0", "image": "x", "env": { "A": "https://a.example" } }""",
        new() { Egress = [egress] }));

    [Fact]
    public void The_empty_setting_opens_nothing() =>
        Assert.Empty(Calls("""{ "type": "container.v0", "image": "x", "env": { "A": "https://a.example" } }""", new() { Egress = [] }));

    [Theory]
    [InlineData("10.1.0.0")]
    [InlineData("10.1.0.0/33")]
    [InlineData("10.1.0.0/16:0")]
    [InlineData("10.1.0.0/16:70000")]
    [InlineData("billing.example.org:443")]
    [InlineData("")]
    public void What_is_no_network_is_refused(string egress) => Assert.Contains(
        "\"x\"", Assert.Throws<AspirateException>(
        () => Calls("""{ "type": "container.v0", "image": "x" }""", new() { Egress = [egress] })).Message);

    private static IEnumerable<string> Everywhere(string ports) =>
        ports.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(p => new[] { $"0.0.0.0/0 {p}", $"::/0 {p}" });

    private static IEnumerable<string> Calls(string resource, ResourceSettings? settings = null, params string[] others) =>
        Plans.Of(resource, settings, others).OutsideCalls.Select(c => $"{c.Cidr} {(c.Port is { } port ? port : "all")}");
}
