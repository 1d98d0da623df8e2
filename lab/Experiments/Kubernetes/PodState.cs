using System.Text.Json;

namespace MsaAspire.Lab.Experiments.Kubernetes;

/// <summary>A pod's state from the API server.</summary>
/// <param name="IsReady">It may get requests.</param>
/// <param name="IsEnding">It is terminating.</param>
/// <param name="Why">What its containers wait for; else its phase.</param>
internal sealed record PodState(string Name, bool IsReady, bool IsEnding, string Why)
{
    /// <summary>It cannot start because its image cannot be pulled.</summary>
    public bool LacksImage => Why is "ErrImagePull" or "ImagePullBackOff" or "InvalidImageName" or "ErrImageNeverPull";

    public static PodState Of(JsonElement pod)
    {
        var metadata = pod.GetProperty("metadata");
        var status = pod.TryGetProperty("status", out var s) ? s : default;
        var waits = Items(status, "containerStatuses")
            .Select(c => c.TryGetProperty("state", out var state) && state.TryGetProperty("waiting", out var waiting)
                ? Text(waiting, "reason")
                : null)
            .FirstOrDefault(reason => reason is not null);
        var ready = Items(status, "conditions").Any(c => Text(c, "type") == "Ready" && Text(c, "status") == "True");
        var ends = metadata.TryGetProperty("deletionTimestamp", out _);
        return new(metadata.GetProperty("name").GetString()!, ready && !ends, ends, waits ?? Text(status, "phase") ?? "unknown");
    }

    public override string ToString() => $"{Name} {(IsEnding ? "ends" : IsReady ? "ready" : $"not ready ({Why})")}";

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var items) ? items.EnumerateArray() : default;

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
