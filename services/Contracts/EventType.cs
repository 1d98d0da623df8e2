using System.Text.Json.Serialization.Metadata;

namespace MsaAspire.Contracts;

/// <summary>What a CloudEvents <c>type</c> stands for.</summary>
/// <param name="Name">The CloudEvents <c>type</c>, which is also the routing key.</param>
/// <param name="Version">Incremented with every change that a consumer of the previous version cannot read.</param>
/// <param name="Json">How its <c>data</c> is read and written.</param>
public sealed record EventType(string Name, int Version, JsonTypeInfo Json)
{
    /// <summary>The CloudEvents <c>dataschema</c>; the file of that name is in <c>schemas/</c>.</summary>
    public string DataSchema { get; } = $"urn:msa-aspire:schema:{Name}:v{Version}";

    /// <summary>The .NET type of its <c>data</c>.</summary>
    public Type Data => Json.Type;
}
