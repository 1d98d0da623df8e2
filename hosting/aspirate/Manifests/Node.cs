using System.Text.Json;

namespace MsaAspire.Aspirate.Manifests;

/// <summary>A part of the manifest that cannot be read or expressed; the message has no full stop, so that several fit in one sentence.</summary>
internal sealed class ManifestProblem(string message) : Exception(message);

/// <summary>An object in the manifest with its path, for error messages.</summary>
/// <param name="Name">The resource's.</param>
/// <param name="Where">The path below the resource.</param>
internal readonly record struct Node(string Name, string Where, JsonElement Element)
{
    public bool Has(string property) => Find(property) is not null;

    public string Text(string property) => OptionalText(property) ?? throw Problem(property, "is missing");

    public string? OptionalText(string property) => Find(property) is not { } e ? null : Text(property, e);

    public bool Flag(string property, bool otherwise = false) => Find(property) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Problem(property, "is neither true nor false"),
    };

    public int Number(string property, int otherwise) => Find(property) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.Number } e when e.TryGetInt32(out var number) && number >= 0 => number,
        _ => throw Problem(property, "is not a whole number"),
    };

    public int? Port(string property) => Number(property, 0) switch
    {
        0 => null,
        > 65535 => throw Problem(property, "is not a port"),
        var port => port,
    };

    /// <summary>What it has besides <paramref name="properties"/>, with the path.</summary>
    public IEnumerable<string> Others(params string[] properties)
    {
        var where = Where;
        return Element.EnumerateObject().Select(p => p.Name).Except(properties).Select(name => where + name);
    }

    public Node Child(string property) =>
        Find(property) is { ValueKind: JsonValueKind.Object } e ? new(Name, $"{Where}{property}.", e) : throw Problem(property, "is not an object");

    public IEnumerable<KeyValuePair<string, Node>> Children(string property)
    {
        if (!Has(property))
            yield break;
        var parent = Child(property);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in parent.Element.EnumerateObject())
        {
            yield return seen.Add(entry.Name)
                ? new(entry.Name, parent.Child(entry.Name))
                : throw Problem($"{property}.{entry.Name}", "is there twice");
        }
    }

    public IEnumerable<Node> Items(string property)
    {
        var (name, where) = (Name, Where);
        return Find(property) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } e => e.EnumerateArray().Select((item, i) => item.ValueKind == JsonValueKind.Object
                ? new Node(name, $"{where}{property}[{i}].", item)
                : throw new ManifestProblem($"resource \"{name}\": {where}{property}[{i}] is not an object")),
            _ => throw Problem(property, "is not a list"),
        };
    }

    public IReadOnlyList<string> List(string property)
    {
        var self = this;
        return Find(property) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } e => [.. e.EnumerateArray().Select(item => self.Text(property, item))],
            _ => throw Problem(property, "is not a list"),
        };
    }

    public IReadOnlyDictionary<string, string> Templates(string property)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Has(property))
            return texts;
        var parent = Child(property);
        foreach (var entry in parent.Element.EnumerateObject())
            texts[entry.Name] = parent.Text(entry.Name, entry.Value);
        return texts;
    }

    private string Text(string property, JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.GetString()! : throw Problem(property, "is not a text");

    private JsonElement? Find(string property) =>
        Element.ValueKind != JsonValueKind.Object ? throw new ManifestProblem($"resource \"{Name}\" is not an object")
        : Element.TryGetProperty(property, out var e) && e.ValueKind != JsonValueKind.Null ? e : null;

    private ManifestProblem Problem(string property, string what) => new($"resource \"{Name}\": {Where}{property} {what}");
}
