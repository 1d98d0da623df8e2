using System.Text.Json;

namespace MsaAspire.Aspirate.Cluster;

/// <summary>The progress of a workload's rollout.</summary>
/// <param name="Ready">Pods of the new version that are ready.</param>
/// <param name="IsDone">Nothing of an older version is left.</param>
/// <param name="Failure">Why it cannot complete by itself; null while it may.</param>
internal sealed record Rollout(string Name, int Ready, int Wanted, bool IsDone, string? Failure)
{
    /// <summary>By the rules of <c>kubectl rollout status</c>.</summary>
    public static Rollout Of(JsonElement workload)
    {
        JsonElement metadata = workload.GetProperty("metadata"), spec = workload.GetProperty("spec");
        var status = workload.TryGetProperty("status", out var s) ? s : default;
        var kind = workload.GetProperty("kind").GetString()!;
        int wanted = Number(spec, "replicas", 1), updated = Number(status, "updatedReplicas"), all = Number(status, "replicas");
        // A StatefulSet that is completely updated no longer reports its updated pods.
        var isStateful = kind == "StatefulSet";
        if (isStateful && Text(status, "currentRevision") == Text(status, "updateRevision"))
            updated = all;
        var available = Number(status, isStateful ? "readyReplicas" : "availableReplicas");
        var isSeen = Number(status, "observedGeneration") >= Number(metadata, "generation");
        return new(
            $"{kind.ToLowerInvariant()}/{metadata.GetProperty("name").GetString()}", Math.Min(updated, available), wanted,
            isSeen && updated >= wanted && all <= updated && available >= wanted, isSeen ? FailureOf(status) : null);
    }

    private static string? FailureOf(JsonElement status)
    {
        if (status.ValueKind != JsonValueKind.Object || !status.TryGetProperty("conditions", out var conditions))
            return null;
        foreach (var condition in conditions.EnumerateArray())
        {
            if (Text(condition, "reason") == "ProgressDeadlineExceeded")
                return Text(condition, "message");
        }

        return null;
    }

    private static int Number(JsonElement element, string name, int otherwise = 0) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
