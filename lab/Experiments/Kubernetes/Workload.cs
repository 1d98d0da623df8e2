using System.Text.Json;

namespace MsaAspire.Lab.Experiments.Kubernetes;

/// <summary>The rollout of a Deployment or StatefulSet.</summary>
/// <param name="IsDone">By the rules of <c>kubectl rollout status</c>: nothing of an older version is left but pods that end.</param>
/// <param name="Container">The name of its first container.</param>
/// <param name="Image">That container's image.</param>
internal sealed record Workload(string Name, int Wanted, bool IsDone, string Container, string Image)
{
    public static Workload Of(JsonElement workload)
    {
        JsonElement metadata = workload.GetProperty("metadata"), spec = workload.GetProperty("spec");
        var status = workload.TryGetProperty("status", out var s) ? s : default;
        var isStateful = workload.GetProperty("kind").GetString() == "StatefulSet";
        int wanted = Number(spec, "replicas", 1), all = Number(status, "replicas"), updated = Number(status, "updatedReplicas");
        // A StatefulSet that is completely updated may no longer report its updated pods.
        if (isStateful && Text(status, "currentRevision") == Text(status, "updateRevision"))
            updated = all;
        var container = spec.GetProperty("template").GetProperty("spec").GetProperty("containers")[0];
        return new(
            metadata.GetProperty("name").GetString()!, wanted,
            Number(status, "observedGeneration") >= Number(metadata, "generation") && updated >= wanted && all <= updated
            && Number(status, isStateful ? "readyReplicas" : "availableReplicas") >= wanted,
            container.GetProperty("name").GetString()!, container.GetProperty("image").GetString()!);
    }

    /// <summary>Its image under a tag, whatever tag or digest it has.</summary>
    public string ImageOf(string tag)
    {
        var name = Image.Split('@')[0];
        var colon = name.LastIndexOf(':');
        // A colon before the last slash is a registry's port.
        return $"{(colon > name.LastIndexOf('/') ? name[..colon] : name)}:{tag}";
    }

    private static int Number(JsonElement element, string name, int otherwise = 0) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
