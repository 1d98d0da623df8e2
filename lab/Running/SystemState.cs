using System.Text;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace MsaAspire.Lab.Running;

/// <summary>What is wrong with a system, for the message of a failure.</summary>
internal static class SystemState
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(1);

    /// <summary>Enough for an exception with its stack.</summary>
    private const int ShownLines = 20;

    /// <summary>The state of every unhealthy resource, and the last lines of its log.</summary>
    /// <param name="instances">The current state of each replica, by its id.</param>
    /// <param name="logs">Of the same application.</param>
    public static async Task<string> DescribeAsync(IEnumerable<KeyValuePair<string, ResourceEvent>> instances, ResourceLoggerService logs)
    {
        var text = new StringBuilder();
        foreach (var (id, now) in instances.OrderBy(i => i.Key, StringComparer.Ordinal).Select(i => (i.Key, i.Value.Snapshot)))
        {
            if (now is { State.Text: "Running", HealthStatus: null or HealthStatus.Healthy })
                continue;
            text.AppendLine(
                $"{id}: {now.State?.Text ?? "no state"}, {now.HealthStatus?.ToString() ?? "no health"}, "
                + $"exit code {now.ExitCode?.ToString() ?? "none"}");
            var lines = await LinesAsync(logs, id, hasEnded: now.ExitCode is not null);
            text.AppendJoin("", lines.TakeLast(ShownLines).Select(line => $"    | {line.Content}\n"));
        }

        return text.ToString();
    }

    /// <summary>The last log lines of a process arrive shortly after its final state: waits until no more arrive for some time.</summary>
    private static async Task<IReadOnlyList<LogLine>> LinesAsync(ResourceLoggerService logs, string id, bool hasEnded)
    {
        using var quiet = new CancellationTokenSource(s_quiet);
        var lines = new List<LogLine>();
        try
        {
            await foreach (var batch in (hasEnded ? logs.WatchAsync(id) : logs.GetAllAsync(id)).WithCancellation(quiet.Token))
            {
                lines.AddRange(batch);
                quiet.CancelAfter(s_quiet);
            }
        }
        catch (OperationCanceledException)
        {
            // No more lines have arrived.
        }

        return lines;
    }
}
