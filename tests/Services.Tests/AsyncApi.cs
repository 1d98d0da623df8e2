using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MsaAspire.Contracts;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Services.Tests;

/// <summary><c>services/Contracts/asyncapi.yaml</c> against the contracts and against what the services' sources say.</summary>
public sealed partial class AsyncApi
{
    private const string Messages = "#/channels/shopEvents/messages/";

    private static readonly string s_services = Path.GetFullPath(Path.Combine(SourceFolder(), "../../services"));
    private static readonly string s_contracts = Path.Combine(s_services, "Contracts");
    private static readonly YamlMappingNode s_document = Read();

    public static TheoryData<string> Services => [.. Directory.EnumerateDirectories(s_services).Where(TakesPart).Select(folder => Path.GetFileName(folder)!)];

    [Fact]
    public void It_is_version_3_and_names_the_exchange_that_is_used()
    {
        Assert.Equal("3.0.0", Text(s_document, "asyncapi"));
        Assert.Equal("shop.events", Text(s_document, "channels", "shopEvents", "bindings", "amqp", "exchange", "name"));
    }

    [Fact]
    public void Each_event_has_exactly_one_message_of_its_name_version_and_schema()
    {
        var names = ShopEvents.All.Select(t => t.Name).Order().ToList();
        Assert.Equal(names, Keys(s_document, "channels", "shopEvents", "messages").Order());
        Assert.Equal(names, Keys(s_document, "components", "messages").Order());
        Assert.Equal(names, Sequence(s_document, "channels", "shopEvents", "parameters", "type", "enum").Select(n => n.ToString()).Order());
        Assert.All(ShopEvents.All, type =>
        {
            var message = Node(s_document, "components", "messages", type.Name);
            var data = Sequence(message, "payload", "allOf").Single(part => Find(part, "properties") is not null);
            Assert.Equal(type.Name, Text(message, "name"));
            Assert.Equal(type.Name, Text(data, "properties", "type", "const"));
            Assert.Equal(type.DataSchema, Text(data, "properties", "dataschema", "const"));
            Assert.Equal(ShopEvents.Schema(type), File.ReadAllText(Path.Combine(s_contracts, Text(data, "properties", "data", "$ref"))));
        });
    }

    [Fact]
    public void Every_reference_leads_somewhere() => Assert.All(References(s_document), reference =>
    {
        if (reference.StartsWith('#'))
            Assert.True(Find(s_document, reference[2..].Split('/')) is not null, reference);
        else
            Assert.True(File.Exists(Path.Combine(s_contracts, reference)), reference);
    });

    [Fact]
    public void Every_event_is_sent_by_one_service_and_received_by_one_or_more() => Assert.All(ShopEvents.All, type =>
    {
        Assert.Single(Operations("send"), o => o.Events.Contains(type.Name));
        Assert.Contains(Operations("receive"), o => o.Events.Contains(type.Name));
    });

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_sends_and_receives_what_its_source_names(string folder)
    {
        var service = folder.ToLowerInvariant();

        var (sent, received) = service == "notifications" ? ([], TypeScriptKeys(folder)) : SourceOf(folder);

        Assert.Equal(sent.Order(), EventsOf("send", service));
        Assert.Equal(received.Order(), EventsOf("receive", service));
    }

    [Fact]
    public void No_service_is_named_that_does_not_exist() => Assert.Equal(
        Services.Select(s => s.Data.ToLowerInvariant()).Order(),
        Operations("send").Concat(Operations("receive")).Select(o => o.Service).Distinct().Order());

    private static bool TakesPart(string folder) => Path.GetFileName(folder) == "notifications"
        || (Directory.GetFiles(folder, "*Module.cs") is [var module] && File.ReadAllText(module).Contains("AddMessaging(", StringComparison.Ordinal));

    /// <summary>A module receives what it names in <c>AddMessaging</c>, and sends what else it names.</summary>
    private static (HashSet<string> Sent, HashSet<string> Received) SourceOf(string folder)
    {
        HashSet<string> sent = [], received = [];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(s_services, folder), "*.cs"))
        {
            var source = File.ReadAllText(file);
            var subscription = Subscription().Match(source).Value;
            received.UnionWith(EventsIn(subscription));
            sent.UnionWith(EventsIn(subscription.Length > 0 ? source.Replace(subscription, "", StringComparison.Ordinal) : source));
        }

        // What it receives it may name again where it tells events apart.
        sent.ExceptWith(received);
        return (sent, received);
    }

    private static IEnumerable<string> EventsIn(string source) => EventName().Matches(source)
        .Select(m => ((EventType)typeof(ShopEvents).GetField(m.Groups["name"].Value)!.GetValue(null)!).Name);

    private static HashSet<string> TypeScriptKeys(string folder)
    {
        var source = File.ReadAllText(Path.Combine(s_services, folder, "src/orderEvents.ts"));
        return [.. RoutingKeys().Match(source).Groups["keys"].Value.Split(',').Select(key => key.Trim(' ', '\''))];
    }

    private static IEnumerable<string> EventsOf(string action, string service) =>
        Operations(action).Where(o => o.Service == service).SelectMany(o => o.Events).Order();

    private static IEnumerable<(string Service, IReadOnlyList<string> Events)> Operations(string action) =>
        Keys(s_document, "operations").Select(name => Node(s_document, "operations", name)).Where(o => Text(o, "action") == action)
            .Select(o => (Text(Sequence(o, "tags").Single(), "name"), (IReadOnlyList<string>)[.. Sequence(o, "messages").Select(m => Text(m, "$ref")[Messages.Length..])]));

    private static IEnumerable<string> References(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(c => c.Key.ToString() == "$ref" ? [c.Value.ToString()] : References(c.Value)),
        YamlSequenceNode list => list.Children.SelectMany(References),
        _ => [],
    };

    private static YamlNode? Find(YamlNode node, params IEnumerable<string> path) =>
        path.Aggregate<string, YamlNode?>(node, (at, key) => at is YamlMappingNode map && map.Children.TryGetValue(key, out var child) ? child : null);

    private static YamlNode Node(YamlNode node, params string[] path) => Find(node, path) ?? throw new KeyNotFoundException(string.Join('/', path));

    private static string Text(YamlNode node, params string[] path) => Node(node, path).ToString();

    private static IEnumerable<string> Keys(YamlNode node, params string[] path) => ((YamlMappingNode)Node(node, path)).Children.Keys.Select(k => k.ToString());

    private static IList<YamlNode> Sequence(YamlNode node, params string[] path) => ((YamlSequenceNode)Node(node, path)).Children;

    private static YamlMappingNode Read()
    {
        using var text = File.OpenText(Path.Combine(s_contracts, "asyncapi.yaml"));
        var yaml = new YamlStream();
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"AddMessaging\([^;]*\);", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Subscription();

    [GeneratedRegex(@"\bShopEvents\.(?<name>[A-Z]\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EventName();

    [GeneratedRegex(@"routingKeys = \[(?<keys>[^\]]*)\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RoutingKeys();
}
