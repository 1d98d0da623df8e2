using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MsaAspire.Contracts;
using MsaAspire.Messaging;

namespace Messaging.Tests;

public enum Kind
{
    WellFormed,
    Reordered,
    Replayed,
    Malformed,
    Oversized,
    UnknownVersion,
}

/// <summary>A message as it may come over the wire.</summary>
public sealed record RandomMessage(Kind Kind, byte[] Body, OrderChanged? Change = null)
{
    private const string Statuses = "Reserved Rejected Confirmed Cancelled";

    private static readonly Gen<Guid> s_id = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(16).Select(bytes => new Guid(bytes));

    private static readonly Gen<string> s_text = Gen.Elements('a', ' ', '"', '\\', '\n', '\u0000', 'é', '한', '\u2028', '<').ArrayOf().Select(c => new string(c));

    private static Gen<OrderChanged> AnyChange(Gen<Guid> order, Gen<int> number) =>
        from id in order
        from n in number
        from status in Gen.Elements(Statuses.Split(' '))
        from at in Gen.Choose(0, int.MaxValue)
        from reason in s_text.OrNull()
        select new OrderChanged(id, n, status, DateTimeOffset.UnixEpoch.AddSeconds(at), reason);

    public static Gen<RandomMessage> WellFormed(EventType type) =>
        from change in AnyChange(s_id, Gen.Choose(1, 5))
        from id in s_id
        select Write(Kind.WellFormed, id, type, change);

    /// <summary>A few changes of one order, in any order.</summary>
    public static Gen<RandomMessage[]> Reordered(EventType type, int count) =>
        from order in s_id
        from numbers in Gen.Shuffle(Enumerable.Range(1, count))
        from changes in Gen.CollectToArray(numbers, n => AnyChange(Gen.Constant(order), Gen.Constant(n)))
        from ids in s_id.ArrayOf(count)
        select changes.Select((change, i) => Write(Kind.Reordered, ids[i], type, change)).ToArray();

    /// <summary>Not a CloudEvent with data of <paramref name="type"/>, whatever else.</summary>
    public static Gen<RandomMessage> Malformed(EventType type) => Gen.OneOf(
        Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(),
        from good in WellFormed(type) from length in Gen.Choose(0, good.Body.Length - 1) select good.Body[..length],
        // A control character may stand nowhere in JSON.
        from good in WellFormed(type) from at in Gen.Choose(0, good.Body.Length) select (byte[])[.. good.Body[..at], 1, .. good.Body[at..]],
        from good in WellFormed(type) from change in Gen.Elements(s_breaks) select Replace(good.Body, change.Part, change.Instead))
        .Select(body => new RandomMessage(Kind.Malformed, body));

    public static Gen<RandomMessage> Oversized(EventType type, int limit) =>
        from good in WellFormed(type)
        from id in s_id
        from length in Gen.Choose(limit, limit * 4)
        select Write(Kind.Oversized, id, type, good.Change! with { Reason = new('x', length) });

    public static Gen<RandomMessage> UnknownVersion(EventType type) => Gen.OneOf(
        from good in WellFormed(type) from version in Gen.Choose(2, int.MaxValue) select Replace(good.Body, $"{type.Name}:v1", $"{type.Name}:v{version}"),
        from good in WellFormed(type) from other in s_text select Replace(good.Body, "\"urn:msa-aspire:schema:", $"\"urn:{System.Text.Json.JsonEncodedText.Encode(other)}:"),
        from good in WellFormed(type) from version in Gen.Elements("0.3", "1.1", "2.0", "") select Replace(good.Body, "\"1.0\"", $"\"{version}\""),
        from good in WellFormed(type) from other in Gen.Choose(0, 9) select Replace(good.Body, $"\"{type.Name}\"", $"\"{type.Name}.{other}\""))
        .Select(body => new RandomMessage(Kind.UnknownVersion, body));

    private static readonly (string Part, string Instead)[] s_breaks =
    [
        ("\"id\":", "\"no\":"), ("\"id\":\"", "\"id\":\"x"), ("\"id\":", "\"id\":7,\"no\":"), ("\"type\":", "\"type\":[],\"no\":"),
        ("\"specversion\":", "\"specversion\":null,\"no\":"), ("\"data\":", "\"date\":"), ("\"data\":", "\"data\":null,\"no\":"),
        ("\"data\":", "\"data\":[],\"no\":"), ("\"data\":", $"\"data\":{new string('[', 100)}{new string(']', 100)},\"no\":"),
        ("\"orderId\":", "\"order\":"), ("\"number\":", "\"number\":1e999,\"no\":"), ("\"number\":", "\"number\":\"one\",\"no\":"),
        ("\"status\":", "\"status\":null,\"no\":"), ("\"status\":\"", "\"status\":\"\\ud800"), ("\"at\":\"", "\"at\":\"99"), ("{", "{{"),
    ];

    private static RandomMessage Write(Kind kind, Guid id, EventType type, OrderChanged change) =>
        new(kind, CloudEvent.Write(id, "/test", type, change), change);

    /// <summary>Replaces the first occurrence, which has to be there.</summary>
    private static byte[] Replace(byte[] body, string part, string instead)
    {
        var text = Encoding.UTF8.GetString(body);
        var at = text.IndexOf(part, StringComparison.Ordinal);
        return at >= 0
            ? Encoding.UTF8.GetBytes($"{text[..at]}{instead}{text[(at + part.Length)..]}")
            : throw new InvalidOperationException($"'{part}' is not in {text}");
    }
}
