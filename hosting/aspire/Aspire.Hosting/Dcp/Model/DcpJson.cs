using System.Text.Json.Serialization;

namespace Aspire.Hosting.Dcp.Model;

/// <summary>Source-generated serialization: the first call after start-up costs milliseconds instead of the reflection warm-up.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Executable))]
[JsonSerializable(typeof(Service))]
[JsonSerializable(typeof(Container))]
[JsonSerializable(typeof(ContainerNetwork))]
[JsonSerializable(typeof(DcpWatchEvent<Executable>))]
[JsonSerializable(typeof(DcpWatchEvent<Container>))]
[JsonSerializable(typeof(DcpList<Service>))]
[JsonSerializable(typeof(List<ServiceProducer>))]
internal sealed partial class DcpJson : JsonSerializerContext;
