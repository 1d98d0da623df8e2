using System.Text;
using System.Text.Json;

namespace MsaAspire.Aspirate.Cluster;

/// <summary>Why pods are not ready: their status, events and last log lines.</summary>
internal static class PodDiagnostics
{
    private const int MostPods = 5, LogLines = 8, MostEvents = 3;

    /// <summary>A few lines for each pod that is not ready; empty when all are.</summary>
    public static async Task<string> DescribeAsync(Kubectl kubectl, string @namespace, string selector, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        foreach (var pod in (await kubectl.GetAsync("pods", @namespace, selector, cancellation)).Where(p => !IsReady(p)).Take(MostPods))
        {
            var name = pod.GetProperty("metadata").GetProperty("name").GetString()!;
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"\npod {name}: {string.Join("; ", Reasons(pod).DefaultIfEmpty("not ready yet"))}\n");
            foreach (var line in await EventsAsync(kubectl, @namespace, name, cancellation))
                text.Append("  event: ").AppendLine(line);
            foreach (var line in await LogAsync(kubectl, @namespace, name, cancellation))
                text.Append("  log: ").AppendLine(line);
        }

        return text.ToString();
    }

    /// <summary>Why the pod is not ready, as far as its status shows.</summary>
    internal static IEnumerable<string> Reasons(JsonElement pod)
    {
        if (!pod.TryGetProperty("status", out var status))
            yield break;
        if (Text(status, "reason") is { } ended)
            yield return $"{ended}: {Text(status, "message")}";
        foreach (var condition in Items(status, "conditions").Where(c => Text(c, "type") == "PodScheduled" && Text(c, "status") == "False"))
            yield return $"not scheduled: {Text(condition, "message")}";
        foreach (var container in Items(status, "initContainerStatuses").Concat(Items(status, "containerStatuses")))
        {
            var name = Text(container, "name");
            if (State(container, "state", "waiting") is { } waiting
                && Text(waiting, "reason") is { } reason and not ("ContainerCreating" or "PodInitializing"))
            {
                yield return $"{name} waits: {reason} {Text(waiting, "message")}".TrimEnd();
            }

            if (State(container, "state", "terminated") is { } now && now.GetProperty("exitCode").GetInt32() is not 0 and var code)
                yield return $"{name} ended with exit code {code} ({Text(now, "reason")})";
            if (State(container, "lastState", "terminated") is { } before)
                yield return $"{name} ended before with exit code {before.GetProperty("exitCode").GetInt32()} ({Text(before, "reason")})";
            if (State(container, "state", "running") is not null && container.TryGetProperty("ready", out var ready) && !ready.GetBoolean())
                yield return $"{name} runs, and its readiness probe fails";
        }
    }

    private static bool IsReady(JsonElement pod) =>
        pod.TryGetProperty("status", out var status)
            && Items(status, "conditions").Any(c => Text(c, "type") == "Ready" && Text(c, "status") == "True");

    private static async Task<IEnumerable<string>> EventsAsync(Kubectl kubectl, string @namespace, string pod, CancellationToken cancellation)
    {
        var result = await kubectl.TryAsync(
            [
                "get", "events", "--namespace", @namespace, "--field-selector", $"involvedObject.name={pod},type=Warning",
                "--sort-by=.lastTimestamp", "-o", "custom-columns=:.reason,:.message", "--no-headers",
            ],
            cancellation);
        return Lines(result.ExitCode == 0 ? result.Output : "").TakeLast(MostEvents);
    }

    private static async Task<IEnumerable<string>> LogAsync(Kubectl kubectl, string @namespace, string pod, CancellationToken cancellation)
    {
        var log = await kubectl.TryAsync(["logs", pod, "--namespace", @namespace, $"--tail={LogLines}"], cancellation);
        if (log.ExitCode != 0 || string.IsNullOrWhiteSpace(log.Output))
            log = await kubectl.TryAsync(["logs", pod, "--namespace", @namespace, $"--tail={LogLines}", "--previous"], cancellation);
        return Lines(log.ExitCode == 0 ? log.Output : "");
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static List<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var list) ? [.. list.EnumerateArray()] : [];

    private static JsonElement? State(JsonElement container, string which, string kind) =>
        container.TryGetProperty(which, out var state) && state.TryGetProperty(kind, out var detail) ? detail : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
