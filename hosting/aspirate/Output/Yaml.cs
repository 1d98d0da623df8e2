using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using k8s;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MsaAspire.Aspirate.Output;

/// <summary>
/// Writes objects as YAML by way of their JSON, so that a string stays a string for every parser: what any version of YAML could read as
/// another type (<c>on</c>, <c>0x10</c>, <c>1e3</c>, <c>2026-01-01</c>) is quoted.
/// </summary>
internal static partial class Yaml
{
    private static readonly JsonSerializerOptions s_plain = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>A Kubernetes object.</summary>
    public static string OfObject(object kubernetesObject) => Write(JsonNode.Parse(KubernetesJson.Serialize(kubernetesObject))!);

    /// <summary>Anything else.</summary>
    public static string OfRecord<T>(T record) => Write(JsonSerializer.SerializeToNode(record, s_plain)!);

    private static string Write(JsonNode node)
    {
        var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var emitter = new Emitter(
            writer,
            new EmitterSettings(
                bestIndent: 2, bestWidth: int.MaxValue, isCanonical: false, maxSimpleKeyLength: 1024,
                skipAnchorName: true, indentSequences: false, newLine: "\n"));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: true));
        Emit(emitter, node);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
        return writer.ToString();
    }

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                emitter.Emit(new MappingStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true,
                    map.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (key, value) in map)
                {
                    emitter.Emit(Text(key));
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                emitter.Emit(new SequenceStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true,
                    list.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list)
                    Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                emitter.Emit(Text(value.GetValue<string>()));
                break;
            default:
                emitter.Emit(new Scalar(
                    AnchorName.Empty, TagName.Empty, node?.ToJsonString() ?? "null",
                    ScalarStyle.Plain, isPlainImplicit: true, isQuotedImplicit: false));
                break;
        }
    }

    private static Scalar Text(string text)
    {
        var plain = Plain.IsMatch(text) && !Reserved.IsMatch(text);
        return new(AnchorName.Empty, TagName.Empty, text, plain ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted, plain, isQuotedImplicit: true);
    }

    /// <summary>Begins like a word or a path, and has no character with a meaning in YAML.</summary>
    [GeneratedRegex(@"^[A-Za-z_/$][-A-Za-z0-9_./$@+]*(:[-A-Za-z0-9_./$@+]+)*\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain { get; }

    [GeneratedRegex(@"^(true|false|null|yes|no|on|off|y|n)\z",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reserved { get; }
}
