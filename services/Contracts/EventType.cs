using System.Text.Json.Serialization.Metadata;

namespace MsaAspire.Contracts;

/// <summary>What a CloudEvents <c>type</c> stands for.</summary>
/// <param name="Name">The CloudEvents <c>type</c>, which is also the routing key.</param>
/// <param name="Version">Incremented with every change that a consumer of the previous version cannot read.</param>
/// <param name="Json">How its <c>data</c> is read and written.</param>
/// <param name="Subscribers">
/// The modules that must receive it. Whoever publishes it declares their queues first, so that it is not lost where a subscriber has never run.
/// Without a subscriber it is for those that listen at the moment, and having none is not an error.
/// </param>
public sealed record EventType(string Name, int Version, JsonTypeInfo Json, params IReadOnlyList<string> Subscribers)
{
    /// <summary>The CloudEvents <c>dataschema</c>; the file of that name is in <c>schemas/</c>.</summary>
    public string DataSchema { get; } = $"urn:msa-aspire:schema:{Name}:v{Version}";

    /// <summary>The .NET type of its <c>data</c>.</summary>
    public Type Data => Json.Type;

    /// <summary>Older versions that a subscriber of this one reads as well: they may be in flight while the publisher is updated.</summary>
    public IReadOnlyList<OlderVersion> Older { get; init; } = [];

    /// <summary>This version, for subscribers that read <paramref name="older"/> as well.</summary>
    /// <typeparam name="TOlder">The data of the older version.</typeparam>
    /// <param name="older">The older version, of the same name.</param>
    /// <param name="upcast">Turns its data into the data of this version.</param>
    public EventType Reads<TOlder>(EventType older, Func<TOlder, object> upcast) => older.Name == Name && older.Version < Version && older.Data == typeof(TOlder)
        ? this with { Older = [.. Older, new(older, data => upcast((TOlder)data))] }
        : throw new ArgumentException($"{older.DataSchema} is not an older version of {DataSchema} with data of the type {typeof(TOlder).Name}.", nameof(older));
}

/// <summary>An older version of an event, and how its data becomes that of the newer one.</summary>
public sealed record OlderVersion(EventType Type, Func<object, object> Upcast);
